package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.Rule;
import org.junit.Test;

public class HelpTest {
    @Rule public final Shell shell = new Shell(new MemoryEngine());

    @Test
    public void everyCommandShowsAnExampleOfItself() throws Exception {
        for (Class<?> type : Shell.SERVICES) {
            Command command = type.getAnnotation(Command.class);
            if (command != null) {
                String name = command.scope() + ":" + command.name();
                String help = shell.run(name + " --help");
                assertTrue(help, help.contains(command.description()));
                String examples = help.substring(help.indexOf("Examples:"));
                assertTrue(help, examples.contains("  " + name));
                assertTrue(help, help.contains("--format"));
            }
        }
    }

    /** Karaf finds commands by looking through the package; the tests name them, and must not miss one. */
    @Test
    public void theTestsKnowEveryService() throws Exception {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files =
                Files.list(
                        Path.of(EngineAction.class.getResource("EngineAction.class").toURI())
                                .getParent())) {
            for (String name :
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".class"))
                            .toList()) {
                Class<?> type = Class.forName("orchestrator.shell." + name.replace(".class", ""));
                if (type.isAnnotationPresent(Service.class)) {
                    found.add(type.getName());
                }
            }
        }
        assertEquals(
                Shell.SERVICES.stream()
                        .map(Class::getName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                found);
    }

    @Test
    public void thePageNamesEveryCommand() throws IOException {
        String page = Files.readString(Path.of("../docs/shell.md"));
        for (Class<?> type : Shell.SERVICES) {
            Command command = type.getAnnotation(Command.class);
            if (command != null) {
                assertTrue(
                        command.name(),
                        page.contains("## " + command.scope() + ":" + command.name() + "\n"));
            }
        }
    }
}
