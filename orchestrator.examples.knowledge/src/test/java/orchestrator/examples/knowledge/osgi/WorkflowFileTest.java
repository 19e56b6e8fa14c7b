package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import org.junit.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The workflow file is a valid document and names only tasks that this plugin has. */
public class WorkflowFileTest {
    private static final Path FILE =
            Path.of("src/main/workflow/knowledge_processing.workflow.yaml");

    @Test
    @SuppressWarnings("unchecked")
    public void isValid() throws Exception {
        Map<String, Object> tree =
                (Map<String, Object>)
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Files.readString(FILE));

        WorkflowDocument workflow = WorkflowDocument.of(tree, SourceMap.NONE);

        assertEquals("knowledge_processing", workflow.name());
        assertEquals(List.of("list"), workflow.after("validate"));
        for (Map<String, Object> step : workflow.steps().values()) {
            String name = (String) step.get("task");
            assertTrue(name, name.startsWith("knowledge."));
            assertNotNull(name, component(name));
        }
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
