package itests.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Workflow files that cannot be used, and for each the beginning of the one problem that its author is told. */
final class BrokenWorkflows {
    private static final long HUNDRED_MEGABYTES = 100L * 1024 * 1024;
    private static final int LEVELS = 10_000;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> problems = new LinkedHashMap<>();

    BrokenWorkflows() {
        add(
                "nested",
                "steps: " + "{a: ".repeat(LEVELS),
                "line 2, column 804: Expected at most 200 levels");
        add(
                "alias",
                step("task: t, input: &again { a: 1 }"),
                "line 3, column 24: Expected a value, but found the anchor '&again'");
        add("tab", "steps:\n\ts: { task: t }\n", "line 3, column 1: ");
        add(
                "unknown_key",
                step("task: t, tsak: t"),
                "line 3, column 17: steps.s.tsak: Expected one of the keys");
        add(
                "cycle",
                step("task: t, after: u") + "  u: { task: t, after: s }\n",
                "line 3, column 17: steps.s.after: Expected an order without cycles, but found s → u → s");
        add("self", step("task: t, after: s"), "line 3, column 17: steps.s.after: ");
        add("unknown_after", step("task: t, after: nobody"), "line 3, column 17: steps.s.after: ");
        add("twice", step("task: t") + "  s: { task: u }\n", "line 4, column 3: ");
    }

    /** For each file without its suffix, with what its one problem begins after the file's name. */
    Map<String, String> problems() {
        return problems;
    }

    /** Drops all of them, and one of 100 MB. */
    void deploy(KarafProcess karaf) throws IOException {
        for (Map.Entry<String, String> file : texts.entrySet()) {
            karaf.deploy(file.getKey() + ".workflow.yaml", file.getValue());
        }
        Path large = karaf.folder().resolve("large.workflow.yaml");
        Files.writeString(large, "workflow: large\n" + step("task: t") + "#");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(HUNDRED_MEGABYTES);
        }
        karaf.deploy(large);
        problems.put(
                "large",
                ": Expected a workflow file of at most 4,194,304 bytes, but found 104,857,600 bytes.");
    }

    private void add(String name, String text, String problem) {
        texts.put(name, "workflow: " + name + "\n" + text);
        problems.put(name, ", " + problem);
    }

    private static String step(String content) {
        return "steps:\n  s: { %s }\n".formatted(content);
    }
}
