package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.RuleChain;

/** The guide {@code docs/ten-minutes.md}, done as it stands there. */
public class TenMinutesIT {
    private static final KarafProcess KARAF = new KarafProcess("ten-minutes");
    private static final PluginWorkshop WORKSHOP = new PluginWorkshop("workshop");

    @ClassRule public static final RuleChain RULES = RuleChain.outerRule(KARAF).around(WORKSHOP);

    @Test
    public void fromNothingToATaskThatRuns() throws Exception {
        Guide guide = Guide.read(Path.of("../docs/ten-minutes.md"));
        KARAF.start();
        WORKSHOP.shell(String.join("\n", guide.blocks("sh")), KARAF.home());

        Path project = WORKSHOP.folder().resolve("com.example.greeting");
        assertTrue(WORKSHOP.output(), WORKSHOP.output().contains("Tests run: 3, Failures: 0"));
        assertTrue(Files.isRegularFile(project.resolve("target/com.example.greeting-1.0.0.jar")));
        Map<String, String> shown = guide.files();
        assertEquals("files that the guide shows", 2, shown.size());
        for (Map.Entry<String, String> file : shown.entrySet()) {
            assertEquals(
                    file.getKey(),
                    Files.readString(project.resolve(file.getKey())),
                    file.getValue());
        }

        KARAF.awaitReady();
        KARAF.awaitClient("workflow:show greeting", "the workflow of the KAR");
        List<String> commands = guide.blocks("karaf").get(0).lines().toList();
        assertEquals(commands.toString(), 2, commands.size());
        // The first command of an author may come before the task: the run waits for it.
        String run = KARAF.client(commands.get(0)).succeeded();
        assertTrue(run, run.contains(" COMPLETED in "));
        String task = KARAF.client(commands.get(1)).succeeded();
        assertTrue(task, task.contains("Hello Ada! Hello Ada! Hello Ada!"));
        String features = KARAF.client("feature:list --installed").succeeded();
        assertTrue(features, features.contains("com.example.greeting"));
    }
}
