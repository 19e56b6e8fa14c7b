package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import org.junit.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflow files are valid documents and name only tasks and workflows that this plugin has. */
public class WorkflowFileTest {
    private static final Path PROCESSING =
            Path.of("src/main/workflow/knowledge_processing.workflow.yaml");
    private static final Path DOCUMENT =
            Path.of("src/main/resources/OSGI-INF/workflows/knowledge_document.yaml");

    @Test
    public void theFolderIsProcessed() throws Exception {
        WorkflowDocument workflow = read(PROCESSING);

        assertEquals("knowledge_processing", workflow.name());
        assertEquals(
                Set.of("list", "process", "learning_order", "report", "notify"),
                workflow.steps().keySet());
        Map<String, Object> process = workflow.steps().get("process");
        assertEquals(List.of("list"), workflow.after("process"));
        assertEquals(read(DOCUMENT).name(), process.get("workflow"));
        assertEquals("list.documents", process.get("forEach"));
        assertEquals(4L, process.get("concurrency"));
        assertEquals("continue", process.get("failedItems"));
        assertNamesTasksOfThePlugin(workflow);
    }

    @Test
    @SuppressWarnings("unchecked")
    public void aDocumentIsAChain() throws Exception {
        WorkflowDocument workflow = read(DOCUMENT);

        assertEquals(Set.of("validate", "index", "summarize"), workflow.steps().keySet());
        assertEquals(List.of("validate"), workflow.after("index"));
        assertEquals(List.of("index"), workflow.after("summarize"));
        assertEquals(
                Set.of("validated", "indexed", "summarized"),
                ((Map<String, Object>) workflow.tree().get("output")).keySet());
        Map<String, Object> input = (Map<String, Object>) workflow.tree().get("input");
        assertTrue(
                ((Map<String, Object>) input.get("properties"))
                        .keySet()
                        .containsAll(given(read(PROCESSING).steps().get("process"))));
        assertNamesTasksOfThePlugin(workflow);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> given(Map<String, Object> step) {
        return ((Map<String, Object>) step.get("input")).keySet();
    }

    private static void assertNamesTasksOfThePlugin(WorkflowDocument workflow) throws Exception {
        for (Map<String, Object> step : workflow.steps().values()) {
            if (step.get("task") instanceof String name) {
                assertTrue(name, name.startsWith("knowledge."));
                assertNotNull(name, component(name));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static WorkflowDocument read(Path file) throws Exception {
        Map<String, Object> tree =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(file));
        return WorkflowDocument.of(tree, SourceMap.NONE);
    }

    /** The class of the task with that name, by the convention that names it. */
    private static Class<?> component(String task) throws ClassNotFoundException {
        StringBuilder name = new StringBuilder();
        for (String word : task.substring("knowledge.".length()).split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return Class.forName(WorkflowFileTest.class.getPackageName() + "." + name + "Task");
    }
}
