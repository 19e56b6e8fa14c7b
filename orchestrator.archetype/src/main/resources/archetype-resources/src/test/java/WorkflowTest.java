package ${package};

import static org.junit.Assert.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import orchestrator.api.run.RunDetails;
import orchestrator.definitions.WorkflowFile;
import orchestrator.testkit.RunAssert;
import orchestrator.testkit.VirtualEngine;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** The workflow file with the real task on the real engine; 8 hours pass in no time. */
public class WorkflowTest {
    private static final Path FILE = Path.of("src/main/resources/OSGI-INF/workflows/${pluginName}.yaml");

    @Rule public final VirtualEngine engine = new VirtualEngine();

    @Before
    public void plugin() {
        WorkflowFile file = WorkflowFile.read(FILE);
        engine.task("${pluginName}.compose", new ComposeTask()).workflow(file.name(), file);
    }

    @Test
    public void greets() {
        RunAssert.assertThat(engine.run("${pluginName}", Map.of("name", "Ada")))
                .completed()
                .output("compose", Map.of("text", "Hello Ada! Hello Ada!", "words", 4L));
    }

    @Test
    public void sleepsOverALongOne() {
        Instant start = engine.now();
        RunDetails run = engine.run("${pluginName}", Map.of("name", "Ada ".repeat(60).strip()));
        RunAssert.assertThat(run).completed();
        assertEquals(Duration.ofHours(8), Duration.between(start, engine.now()));
    }

    @Test
    public void refusesABlankName() {
        RunAssert.assertThat(engine.run("${pluginName}", Map.of("name", " "))).failed("no_name");
    }
}
