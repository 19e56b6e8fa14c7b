package itests.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import itests.process.probe.ProbeActivator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The probe plugin and its workflows in a Karaf: runs that can be held, watched from outside and checked afterwards. */
final class Probe {
    static final String WORKFLOW = "probe";
    static final String FILE = "probe.workflow.yaml";

    private static final String PART = "probe_part";
    private static final String PART_FILE = PART + ".workflow.yaml";
    private static final int ITEMS = 60;
    private static final int PARTS = 4;
    private static final Pattern ACKNOWLEDGED = Pattern.compile("Started run (\\S+)\\.");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KarafProcess karaf;
    private final ProbeLog log;
    private final Path hold;
    private final Set<String> accepted = new LinkedHashSet<>();

    Probe(KarafProcess karaf) {
        this.karaf = karaf;
        this.log = new ProbeLog(karaf.folder().resolve("begun.log"));
        this.hold = karaf.folder().resolve("hold");
    }

    static String definition() {
        return """
                workflow: probe
                input:
                  required: [log, hold]
                  properties:
                    log: { type: string }
                    hold: { type: string }
                    items: { type: array, default: %s }
                    parts: { type: array, default: %s }
                steps:
                  first:
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 30 }
                  second:
                    after: first
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 30 }
                  each:
                    after: second
                    forEach: input.items
                    concurrency: 4
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 40 }
                  parts:
                    after: each
                    forEach: input.parts
                    concurrency: 2
                    workflow: probe_part
                    input: { log: "${input.log}", hold: "${input.hold}" }
                  last:
                    after: parts
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 30 }
                """
                .formatted(
                        IntStream.range(0, ITEMS).boxed().toList(),
                        IntStream.range(0, PARTS).boxed().toList());
    }

    private static String partDefinition() {
        return """
                workflow: probe_part
                input:
                  required: [log, hold]
                steps:
                  one:
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 20 }
                  two:
                    after: one
                    task: probe.record
                    input: { log: "${input.log}", hold: "${input.hold}", millis: 20 }
                """;
    }

    /** All that the tasks of one run have to do, as idempotency keys without the run. */
    static Set<String> places() {
        Set<String> places = keys("each", ITEMS);
        places.addAll(List.of("first/0/0", "second/0/0", "last/0/0"));
        return places;
    }

    /** What of a run is a run of another workflow. */
    static Set<String> parts() {
        return keys("parts", PARTS);
    }

    /** All that such a run has to do. */
    static Set<String> placesOfPart() {
        return Set.of("one/0/0", "two/0/0");
    }

    /** How many bodies have to begin for one run at least, with those of its parts. */
    static int bodiesOfRun() {
        return places().size() + parts().size() * placesOfPart().size();
    }

    private static Set<String> keys(String step, int items) {
        return IntStream.range(0, items)
                .mapToObj(i -> step + "/0/" + i)
                .collect(Collectors.toSet());
    }

    void deployPlugin() throws IOException {
        karaf.deploy(PluginFile.write(karaf.folder(), "probe", "1.0.0", ProbeActivator.class));
    }

    void deployWorkflow() {
        karaf.deploy(PART_FILE, partDefinition());
        karaf.deploy(FILE, definition());
    }

    void undeployWorkflow() {
        karaf.undeploy(FILE);
        karaf.undeploy(PART_FILE);
    }

    /** Waits until a run can be started and will not wait for its task. */
    void awaitUsable() {
        karaf.awaitReady();
        Patience.until("the workflow and its tasks", this::isUsable, karaf::endOfLog);
    }

    private boolean isUsable() {
        return workflows(karaf)
                .anyMatch(
                        workflow ->
                                workflow.get("name").textValue().equals(WORKFLOW)
                                        && workflow.get("missingTasks").isEmpty());
    }

    /** From now on every body that begins waits for {@link #release()}. */
    void hold() throws IOException {
        Files.writeString(hold, "");
    }

    void release() throws IOException {
        Files.deleteIfExists(hold);
    }

    /** Starts runs; returns when they have been acknowledged. */
    void start(int runs) {
        accept(beginToStart(runs).end().succeeded());
    }

    ClientCall beginToStart(int runs) {
        return karaf.beginClient(Collections.nCopies(runs, command()).toArray(String[]::new));
    }

    /** Starts one run. */
    String command() {
        return "workflow:run %s 'log=%s' 'hold=%s'".formatted(WORKFLOW, log.file(), hold);
    }

    /** The runs that this output acknowledges must never be lost. */
    void accept(String output) {
        accepted.addAll(acknowledged(output));
    }

    static Collection<String> acknowledged(String output) {
        return ACKNOWLEDGED.matcher(output).results().map(found -> found.group(1)).toList();
    }

    Set<String> accepted() {
        return accepted;
    }

    int bodies() {
        return log.count();
    }

    List<ProbeLog.Begun> begun() {
        return log.read();
    }

    /** How much has not even begun, of all the accepted runs. */
    int outstanding() {
        Set<String> begun = new HashSet<>();
        log.read().stream()
                .filter(body -> accepted.contains(body.accepted()))
                .forEach(body -> begun.add(body.key()));
        return accepted.size() * bodiesOfRun() - begun.size();
    }

    void awaitBodies(int count) {
        Patience.until(
                count + " bodies to have begun",
                () -> log.count() >= count,
                () -> log.count() + " and the log\n" + karaf.endOfLog());
    }

    /** Waits until no run is going on or waiting. */
    void awaitAllEnded() {
        Patience.until("all work to have begun", () -> outstanding() == 0, karaf::endOfLog);
        Patience.until("all runs to have ended", () -> unfinished().isEmpty(), this::unfinished);
    }

    private List<String> unfinished() {
        return runs("queued,running,waiting,paused");
    }

    /** The ids of the runs in these statuses, of which there must be less than 1,000. */
    List<String> runs(String statuses) {
        String out =
                karaf.client("run:list --limit 1000 --format json --status " + statuses)
                        .succeeded();
        return json(out).get(0).get("runs").findValuesAsText("id");
    }

    /** The journals of the accepted runs. */
    List<RunJournal> journals() {
        return journals(accepted);
    }

    /** The journals of the runs that the accepted ones started. */
    List<RunJournal> partJournals() {
        String out =
                karaf.client("run:list --limit 1000 --format json --workflow " + PART).succeeded();
        return journals(json(out).get(0).get("runs").findValuesAsText("id"));
    }

    private List<RunJournal> journals(Collection<String> runs) {
        String[] commands =
                runs.stream()
                        .map(run -> "run:history %s --limit 10000 --format json".formatted(run))
                        .toArray(String[]::new);
        return json(karaf.client(commands).succeeded()).stream().map(RunJournal::new).toList();
    }

    /** What {@code workflow:list} shows. */
    static Stream<JsonNode> workflows(KarafProcess karaf) {
        JsonNode list = json(karaf.client("workflow:list --format json").succeeded()).get(0);
        return StreamSupport.stream(list.get("workflows").spliterator(), false);
    }

    /** The JSON documents of an output. */
    static List<JsonNode> json(String output) {
        try (var documents = JSON.readerFor(JsonNode.class).<JsonNode>readValues(output)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException("Expected JSON, but found " + output, e);
        }
    }
}
