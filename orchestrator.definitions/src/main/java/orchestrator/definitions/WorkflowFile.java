package orchestrator.definitions;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import orchestrator.api.SourceMap;
import orchestrator.api.Workflow;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;
import orchestrator.api.definition.WorkflowDocument;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;

/**
 * A workflow as one file holds it, in YAML or in JSON. A broken file is a workflow too: it has a name and says what is
 * wrong when it is described. Immutable.
 */
public final class WorkflowFile implements Workflow {
    private static final Pattern SUFFIX = Pattern.compile("(?:\\.workflow)?\\.(?:yaml|yml|json)$");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._:/-]{0,199}");

    private final String file;
    private final String name;
    private final Map<String, Object> tree;
    private final SourceMap sourceMap;
    private final List<Problem> problems;

    private WorkflowFile(
            String file,
            String name,
            Map<String, Object> tree,
            SourceMap sourceMap,
            List<Problem> problems) {
        this.file = file;
        this.name = name;
        this.tree = tree;
        this.sourceMap = sourceMap;
        this.problems = problems;
    }

    /** Reads a file; messages name it without its folder. Never fails: see {@link #problems()}. */
    public static WorkflowFile read(Path path) {
        String file = String.valueOf(path.getFileName());
        return read(file, content -> content.read(path));
    }

    /**
     * Reads the stream to its end, or until it is too long.
     *
     * @param file the name that messages give it
     */
    public static WorkflowFile read(String file, InputStream in) {
        return read(file, content -> content.read(in));
    }

    private static WorkflowFile read(String file, Function<FileContent, String> text) {
        TreeReader reader = new TreeReader(file);
        try {
            parse(file, text.apply(new FileContent(file)), reader);
            WorkflowDocument document = WorkflowDocument.of(reader.tree(), reader.sourceMap());
            return new WorkflowFile(
                    file, document.name(), reader.tree(), reader.sourceMap(), List.of());
        } catch (InvalidWorkflowException e) {
            String name = named(reader.name(), file);
            return new WorkflowFile(file, name, Map.of(), SourceMap.NONE, e.problems());
        }
    }

    /** Whatever the parser throws is a problem of the file, a fault of the parser as well. */
    private static void parse(String file, String text, TreeReader reader) {
        try {
            reader.read(new Parse(settings(text)).parseString(text).iterator());
        } catch (InvalidWorkflowException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Syntax(file, text, reader.last()).explain(e);
        }
    }

    /** One buffer for the whole text: a small one is copied again and again while a long scalar is read. */
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setCodePointLimit(FileContent.LIMIT)
                .setBufferSize(text.length() + 1)
                .setParseComments(false)
                .build();
    }

    private static String named(Optional<String> found, String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        return found.filter(name -> NAME.matcher(name).matches())
                .orElseGet(() -> SUFFIX.matcher(last).replaceFirst(""));
    }

    /** The name of the file. */
    public String file() {
        return file;
    }

    /** The workflow's name, or that of a broken file without its suffix if the file does not tell. */
    public String name() {
        return name;
    }

    /** What is wrong with the file; empty if nothing is. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether the file cannot be used. */
    public boolean isBroken() {
        return !problems.isEmpty();
    }

    @Override
    public void describe(WorkflowBuilder builder) {
        if (isBroken()) {
            throw new InvalidWorkflowException(problems);
        }
        builder.document(tree, sourceMap);
    }

    @Override
    public String toString() {
        return name + " (" + file + ")";
    }
}
