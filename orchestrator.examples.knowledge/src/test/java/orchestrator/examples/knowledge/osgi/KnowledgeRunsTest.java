package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.Workflow;
import orchestrator.api.run.RunDetails;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.testkit.RunAssert;
import orchestrator.testkit.TaskDouble;
import orchestrator.testkit.VirtualEngine;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflow files and the tasks together, run by the engine, in virtual time. */
public class KnowledgeRunsTest {
    private static final Path CONTENT = Path.of("content");

    @Rule public final VirtualEngine engine = new VirtualEngine();
    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private final TaskDouble notify = TaskDouble.echo();

    @Before
    public void plugin() throws IOException {
        engine.task("knowledge.list", new ListTask())
                .task("knowledge.validate", new ValidateTask())
                .task("knowledge.index", new IndexTask())
                .task("knowledge.summarize", new SummarizeTask())
                .task("knowledge.learning_order", new LearningOrderTask())
                .task("knowledge.report", new ReportTask(Pipeline.CLOCK))
                .task("knowledge.notify", notify)
                .workflow(
                        "knowledge_document",
                        file("src/main/resources/OSGI-INF/workflows/knowledge_document.yaml"))
                .workflow(
                        "knowledge_processing",
                        file("src/main/workflow/knowledge_processing.workflow.yaml"));
    }

    @SuppressWarnings("unchecked")
    private static Workflow file(String path) throws IOException {
        Map<String, Object> tree =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(Path.of(path)));
        return builder -> builder.document(tree, SourceMap.NONE);
    }

    private Map<String, Object> input() throws IOException {
        return Map.of(
                "content_path",
                CONTENT.toString(),
                "output_path",
                temporary.newFolder().getAbsolutePath());
    }

    @Test(timeout = 120_000)
    public void aFolderIsProcessed() throws Exception {
        RunDetails run = engine.run("knowledge_processing", input());
        RunAssert.assertThat(run).completed().attempts("list", 1);
        assertEquals(12, run.steps().get(1).itemsCompleted());
        Tree order = new Tree(run.output("learning_order").orElseThrow());
        assertEquals(12, order.list("order").size());
        assertTrue(
                Files.exists(Path.of(new Tree(run.output("report").orElseThrow()).text("html"))));
        assertEquals(1, notify.calls().size());
    }

    /** Whoever is told is told once more after a while, and the documents are not looked at again. */
    @Test(timeout = 120_000)
    public void aTaskThatIsAwayForSomeTimeHoldsUpNothingElse() throws Exception {
        TaskDouble busy = TaskDouble.flaky(1, List.of());
        engine.offer("knowledge.notify", "2.0.0", busy); // the highest version is used
        Instant began = engine.now();
        RunAssert.assertThat(engine.run("knowledge_processing", input()))
                .completed()
                .attempts("notify", 2)
                .attempts("report", 1);
        assertTrue(Duration.between(began, engine.now()).compareTo(Duration.ZERO) > 0);
    }
}
