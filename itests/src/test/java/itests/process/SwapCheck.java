package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.SummaryPage;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import org.osgi.framework.Version;

/** What the embedded store holds once the load has ended: each run, entry by entry. */
final class SwapCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STEPS = Set.of("first", "second", "last");

    private final Map<Version, Long> byVersion = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private final SortedSet<Instant> ends = new TreeSet<>();
    private long handedBack;
    private long mixed;

    /** Looks at every run. */
    void check(KarafProcess karaf) throws IOException {
        try (var store = SqliteStore.open(karaf.home().resolve("store"), 2, Clock.systemUTC())) {
            checkAll(store);
        }
        List<String> accepted =
                Files.readAllLines(karaf.folder().resolve("ledger.log")).stream()
                        .map(line -> line.split(" "))
                        .filter(words -> words[0].equals("accepted"))
                        .map(words -> words[2])
                        .toList();
        assertEquals("each start is another run", accepted.size(), new HashSet<>(accepted).size());
        assertEquals("what was accepted is what is stored", new HashSet<>(accepted), seen);
    }

    /** Results by the version that gave them. */
    Map<Version, Long> byVersion() {
        return byVersion;
    }

    /** How many attempts were handed back. */
    long handedBack() {
        return handedBack;
    }

    /** How many runs have results of more than one version. */
    long mixed() {
        return mixed;
    }

    /** The longest time in which no step of any run ended. */
    Duration longestPause() {
        Duration longest = Duration.ZERO;
        Instant before = ends.first();
        for (Instant end : ends) {
            Duration pause = Duration.between(before, end);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            before = end;
        }
        return longest;
    }

    private void checkAll(StateBackend store) throws IOException {
        RunQuery query = RunQuery.all(1000);
        while (query != null) {
            SummaryPage page = store.find(query);
            for (RunSummary run : page.runs()) {
                check(run, store.journal(run.id(), 1, 1000));
            }
            query =
                    page.next()
                            .map(
                                    next ->
                                            new RunQuery(
                                                    null, null, Set.of(), null, null, Map.of(),
                                                    next, 1000))
                            .orElse(null);
        }
    }

    private void check(RunSummary run, List<Entry> journal) throws IOException {
        seen.add(run.id());
        assertEquals(run.toString(), RunStatus.COMPLETED, run.status());
        Set<String> done = new HashSet<>();
        Set<String> versions = new HashSet<>();
        long sequence = 0;
        for (Entry entry : journal) {
            assertEquals("entries of " + run.id(), ++sequence, entry.sequence());
            switch (entry.type()) {
                case "AttemptCompleted" -> {
                    JsonNode body = JSON.readTree(entry.body());
                    String version = body.get("taskVersion").textValue();
                    String step = body.get("step").textValue();
                    assertTrue("two results of %s in %s".formatted(step, run), done.add(step));
                    assertEquals(version, body.at("/output/version").textValue());
                    versions.add(version);
                    byVersion.merge(new Version(version), 1L, Long::sum);
                    ends.add(entry.at());
                }
                case "AttemptHandedBack" -> handedBack++;
                case "AttemptFailed" ->
                        throw new AssertionError(run + " " + JSON.readTree(entry.body()));
                default -> {
                    // What else a journal tells is of no interest here.
                }
            }
        }
        assertEquals("results of " + run.id(), STEPS, done);
        mixed += versions.size() > 1 ? 1 : 0;
    }
}
