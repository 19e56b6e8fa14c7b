package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.karaf.service.guard.tools.ACLConfigurationParser;
import org.apache.karaf.shell.api.action.Command;
import org.junit.Test;
import org.osgi.framework.FrameworkUtil;

public class AclTest {
    private static final Set<String> CHANGES =
            Set.of(
                    "workflow:run",
                    "workflow:validate",
                    "task:run",
                    "task:parallel",
                    "run:save",
                    "run:progress",
                    "run:pause",
                    "run:resume",
                    "run:cancel",
                    "run:signal",
                    "run:retry",
                    "run:migrate");

    private static final Set<String> OPERATES =
            Set.of("orchestrator:repair", "orchestrator:cleanup");

    @Test
    public void viewersReadAndOperatorsActAsKarafReadsTheFiles() throws IOException {
        for (Class<?> type : Shell.SERVICES) {
            Command command = type.getAnnotation(Command.class);
            if (command != null) {
                String name = command.scope() + ":" + command.name();
                List<String> expected =
                        OPERATES.contains(name)
                                ? List.of("admin")
                                : CHANGES.contains(name)
                                        ? List.of("operator", "admin")
                                        : List.of("viewer", "operator", "admin");
                assertEquals(name, expected, roles(command.scope(), command.name()));
            }
        }
    }

    @Test
    public void whatIsNotNamedIsForAdmins() throws IOException {
        for (String scope : List.of("workflow", "run", "task", "orchestrator")) {
            assertEquals(List.of("admin"), roles(scope, "erase"));
        }
    }

    @Test
    public void everyCommandHasARowAndEveryRowIsOfACommandAndNamesKnownRoles() throws IOException {
        Set<String> commands = new TreeSet<>();
        for (Class<?> type : Shell.SERVICES) {
            Command command = type.getAnnotation(Command.class);
            if (command != null) {
                commands.add(command.scope() + ":" + command.name());
            }
        }
        Set<String> rows = new TreeSet<>();
        for (String scope : List.of("workflow", "run", "task", "orchestrator")) {
            file(scope)
                    .forEach(
                            (name, roles) -> {
                                rows.add(scope + ":" + name);
                                List<String> named = List.of(roles.toString().split(", *"));
                                assertTrue(
                                        scope + ":" + name + " " + named,
                                        List.of("viewer", "operator", "admin").containsAll(named)
                                                && named.contains("admin"));
                            });
            commands.add(scope + ":*");
        }
        assertEquals(commands, rows);
    }

    private static Properties file(String scope) throws IOException {
        Properties file = new Properties();
        String pid = "org.apache.karaf.command.acl." + scope;
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/acl", pid + ".cfg"))) {
            file.load(reader);
        }
        return file;
    }

    private static List<String> roles(String scope, String command) throws IOException {
        String pid = "org.apache.karaf.command.acl." + scope;
        Map<String, Object> config = new TreeMap<>();
        file(scope).forEach((key, value) -> config.put((String) key, value));
        config.put("service.pid", pid);
        List<String> roles = new ArrayList<>();
        ACLConfigurationParser.getRolesForInvocation(
                command, new Object[] {"[x]"}, null, FrameworkUtil.asDictionary(config), roles);
        return roles;
    }
}
