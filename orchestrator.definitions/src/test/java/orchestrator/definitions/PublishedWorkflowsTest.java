package orchestrator.definitions;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** All workflows that are shown or shipped fit the published schema, and so do the pieces that the guides show. */
public class PublishedWorkflowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BLOCK =
            Pattern.compile(
                    "^```(?:yaml|json)[^\\n]*\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Set<String> WORK = Set.of("task", "workflow", "wait", "waitFor");

    private final JsonSchema schema = schema();

    @Test
    public void examplesFit() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path module : list(Path.of(".."))) {
            Path sources = module.resolve("src/main");
            if (name(module).startsWith("orchestrator.examples.") && Files.exists(sources)) {
                files.addAll(workflowsBelow(sources));
            }
        }
        assertTrue("some examples, but found " + files, files.size() >= 3);
        for (Path file : files) {
            WorkflowFile read = WorkflowFile.read(file);
            assertEquals(file.toString(), List.of(), read.problems());
            assertEquals(file.toString(), "", faults(tree(Files.readString(file))));
        }
    }

    @Test
    public void whatTheGuidesShowFits() throws IOException {
        Map<String, Object> shown = new TreeMap<>();
        for (Path page : list(Path.of("../docs"))) {
            if (name(page).endsWith(".md")) {
                Matcher blocks = BLOCK.matcher(Files.readString(page));
                while (blocks.find()) {
                    shown.put(name(page) + " at " + blocks.start(), tree(blocks.group(1)));
                }
            }
        }
        long whole = shown.values().stream().filter(PublishedWorkflowsTest::isWhole).count();
        assertTrue("many workflows, but found " + whole, whole >= 50);
        shown.forEach((where, tree) -> assertEquals(where, "", faultsOfPiece(tree)));
    }

    private static boolean isWhole(Object tree) {
        return tree instanceof Map<?, ?> map
                && map.containsKey("workflow")
                && map.containsKey("steps");
    }

    /** A whole workflow, steps of one, or some keys of a workflow or a step; a comment alone is nothing. */
    private String faultsOfPiece(Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            return tree == null ? "" : "no object: " + tree;
        } else if (isWhole(tree)) {
            return faults(tree);
        } else if (map.values().stream().allMatch(PublishedWorkflowsTest::isStep)) {
            return faults(Map.of("workflow", "w", "steps", map));
        }
        String ofWorkflow =
                faults(with(Map.of("workflow", "w", "steps", Map.of("a", step())), map));
        String ofStep = faults(Map.of("workflow", "w", "steps", Map.of("a", with(step(), map))));
        return ofWorkflow.isEmpty() || ofStep.isEmpty() ? "" : ofWorkflow + ofStep;
    }

    private static Map<String, Object> step() {
        return Map.of("task", "t");
    }

    private static boolean isStep(Object value) {
        return value instanceof Map<?, ?> step && WORK.stream().anyMatch(step::containsKey);
    }

    private static Map<Object, Object> with(Map<String, Object> base, Map<?, ?> piece) {
        Map<Object, Object> all = new LinkedHashMap<>(base);
        all.putAll(piece);
        return all;
    }

    private String faults(Object tree) {
        var messages = schema.validate(JSON.valueToTree(tree));
        return messages.isEmpty() ? "" : messages.toString();
    }

    private static Object tree(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static List<Path> workflowsBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file -> file.toString().matches(".*workflows?[/.].*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static JsonSchema schema() {
        try (InputStream in =
                SchemaTest.class.getResourceAsStream("/OSGI-INF/schema/workflow.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(JSON.readTree(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
