package orchestrator.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.definitions.WorkflowFile;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.service.Builder;

/**
 * Validates workflow files in a build, with the messages that deploying them would give: {@code ValidateWorkflows
 * FILE|FOLDER…}. Of folders it takes all files below them that {@code deploy/} would take. Not thread safe.
 */
public final class ValidateWorkflows {
    private static final Pattern DEPLOYED = Pattern.compile(".+\\.workflow\\.(?:yaml|yml|json)");
    private static final int BROKEN = 1;
    private static final int MISUSED = 2;

    private final PrintStream out;
    private final GraphCompiler compiler = new GraphCompiler();
    private final Map<String, Path> seen = new LinkedHashMap<>();

    private ValidateWorkflows(PrintStream out) {
        this.out = out;
    }

    /** Ends the process: 0 if all files can be used, 1 if one is broken, 2 if there is nothing to validate. */
    public static void main(String[] arguments) {
        System.exit(validate(List.of(arguments), System.out));
    }

    /**
     * Validates files without ending the process.
     *
     * @param paths files and folders
     * @param out takes one line for each file, and one for each problem
     * @return 0 if all files can be used, 1 if one is broken, 2 if there is nothing to validate
     */
    public static int validate(List<String> paths, PrintStream out) {
        List<Path> files = new ArrayList<>();
        for (String path : paths) {
            List<Path> found = filesAt(Path.of(path));
            if (found.isEmpty()) {
                out.printf(
                        "Expected a workflow file, or a folder with files named *.workflow.yaml, .yml or .json, but found none at '%s'.%n",
                        path);
                return MISUSED;
            }
            files.addAll(found);
        }
        if (files.isEmpty()) {
            out.println("Expected workflow files or folders to validate, but found no argument.");
            return MISUSED;
        }
        ValidateWorkflows validation = new ValidateWorkflows(out);
        long broken = files.stream().distinct().filter(file -> !validation.isSound(file)).count();
        return broken == 0 ? 0 : BROKEN;
    }

    private static List<Path> filesAt(Path path) {
        if (!Files.isDirectory(path)) {
            return Files.exists(path) ? List.of(path) : List.of();
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile)
                    .filter(file -> DEPLOYED.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSound(Path path) {
        WorkflowFile file = WorkflowFile.read(path);
        try {
            Builder builder = new Builder(file.name(), "0");
            file.describe(builder);
            WorkflowDocument document = builder.build();
            compiler.compile(document, builder.source());
            return isOnlyOne(document, path);
        } catch (InvalidWorkflowException e) {
            out.println(path + ": broken");
            e.problems().forEach(problem -> out.println("  " + problem));
            return false;
        }
    }

    private boolean isOnlyOne(WorkflowDocument document, Path path) {
        String workflow = document.name() + " " + document.version();
        Path other = seen.putIfAbsent(workflow, path);
        if (other == null) {
            out.println(path + ": ok, " + workflow);
            return true;
        }
        out.println(path + ": broken");
        out.printf(
                "  Expected one file that defines workflow %s, but %s does too: remove one, or give it another version.%n",
                workflow, other);
        return false;
    }
}
