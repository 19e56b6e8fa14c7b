package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.state.Entry;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Json;
import org.junit.Test;

/**
 * Journals of every release must still replay. A journal is a file of lines: the definitions, each entry, and last what
 * they added up to when they were written. Files are never changed; a release adds a folder of its own.
 */
public class JournalFixturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/journals");

    private final FactCodec codec = new FactCodec();

    @Test
    public void everyJournalStillAddsUpToWhatItDid() throws IOException {
        List<Path> files = files();
        assertTrue("journals in " + FOLDER.toAbsolutePath(), !files.isEmpty());
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            RunState run = new RunState(graph(tree(lines.get(0))));
            for (String line : lines.subList(1, lines.size() - 1)) {
                if (isDefinition(line)) {
                    run.prepare(graph(tree(line)));
                    continue;
                }
                Entry entry = entry(tree(line));
                run.apply(codec.decode(entry), entry.at());
            }
            assertEquals(file.toString(), tree(lines.get(lines.size() - 1)), tree(shown(run)));
        }
    }

    @Test
    public void everyTypeOfEntryIsInAJournal() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            lines.subList(1, lines.size() - 1).stream()
                    .filter(line -> !isDefinition(line))
                    .forEach(line -> found.add((String) tree(line).get("type")));
        }
        assertEquals(
                Arrays.stream(Fact.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                found);
    }

    /** One that the run goes on with. */
    private static boolean isDefinition(String line) {
        return tree(line).containsKey("workflow");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String line) {
        return (Map<String, Object>) Json.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static Graph graph(Map<String, Object> document) {
        return new GraphCompiler()
                .compile(WorkflowDocument.of(document, SourceMap.NONE), SourceMap.NONE);
    }

    private static Entry entry(Map<String, Object> line) {
        return Entry.of(
                (Long) line.get("sequence"),
                (String) line.get("type"),
                ((Long) line.get("version")).intValue(),
                Instant.parse((String) line.get("at")),
                Json.write(line.get("body")));
    }

    /** What people and stores see of a run. */
    private static String shown(RunState run) {
        Map<String, Object> all = new LinkedHashMap<>();
        Instant now = Instant.parse("2026-06-01T00:00:00Z");
        all.put("summary", String.valueOf(Summaries.of("id", run, now)));
        all.put("deadline", String.valueOf(run.deadline()));
        all.put("pending", run.pending().toString());
        List<Object> steps = new ArrayList<>();
        for (StepState step : run.steps()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("step", step.step().name());
            one.put("status", step.status().name());
            one.put("attempts", step.attempts());
            one.put("items", step.itemCount());
            one.put("failed", step.itemsFailed());
            one.put("error", String.valueOf(step.error()));
            one.put("started", String.valueOf(step.started()));
            one.put("ended", String.valueOf(step.ended()));
            one.put("output", run.outputValue(step.step().name()));
            steps.add(one);
        }
        all.put("steps", steps);
        return new String(Json.write(all), StandardCharsets.UTF_8);
    }

    /** The lines of a journal, for a new release's folder. */
    static List<String> lines(Story story) {
        List<String> lines = new ArrayList<>();
        for (Graph graph : story.graphs()) {
            lines.add(new String(graph.document().bytes(), StandardCharsets.UTF_8));
        }
        for (Entry entry : story.journal) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("sequence", entry.sequence());
            line.put("type", entry.type());
            line.put("version", entry.version());
            line.put("at", entry.at().toString());
            line.put("body", Json.read(Seal.open(entry)));
            lines.add(new String(Json.write(line), StandardCharsets.UTF_8));
        }
        lines.add(shown(story.run));
        return lines;
    }
}
