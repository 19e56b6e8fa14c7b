package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The journal of a run that has completed, as {@code run:history --format json} shows it. */
final class RunJournal {
    /**
     * Entries bear the store's time as the node knows it, late by what its last heartbeat took. A process that is started
     * again needs longer than this until the first body begins, and within one process bodies are counted.
     */
    private static final Duration LAG = Duration.ofSeconds(1);

    private final String run;
    private final List<JsonNode> entries = new ArrayList<>();

    RunJournal(JsonNode history) {
        run = history.get("run").textValue();
        history.get("entries").forEach(entries::add);
    }

    /** That a place of the run, named by its idempotency key, was recorded as completed. */
    private record Completed(String key, int attempt, Instant at) {}

    String run() {
        return run;
    }

    /** Whether it is a run that another started. */
    boolean isPart() {
        return entries.get(0).get("body").hasNonNull("parent");
    }

    Instant created() {
        return at(entries.get(0));
    }

    Instant ended() {
        return at(entries.get(entries.size() - 1));
    }

    boolean isInFlight(Instant moment) {
        return created().isBefore(moment) && ended().isAfter(moment);
    }

    /**
     * Whatever happened to its node meanwhile: nothing was lost, nothing was done again once it was recorded.
     *
     * @param begun the bodies that began
     * @param expected the idempotency keys, without the run, of all that its tasks had to do
     * @param parts those of all that other runs had to do for it
     */
    void check(Collection<ProbeLog.Begun> begun, Set<String> expected, Set<String> parts) {
        for (int i = 0; i < entries.size(); i++) {
            assertEquals("entries of " + run, i + 1, entries.get(i).get("sequence").longValue());
        }
        assertEquals("RunCreated", type(entries.get(0)));
        assertEquals(toString(), 1, count("RunCreated"));
        assertEquals(toString(), 1, count("RunCompleted"));
        String last = isPart() ? "RunClosed" : "RunCompleted";
        assertEquals(toString(), last, type(entries.get(entries.size() - 1)));
        Map<String, Completed> completed = completed();
        Set<String> all = new HashSet<>(expected);
        all.addAll(parts);
        assertEquals(all, completed.keySet());
        Set<String> bodies = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (ProbeLog.Begun body : begun) {
            String place = body.key().substring(run.length() + 1);
            places.add(place);
            assertTrue(
                    "Expected one body in one process, but found another " + body,
                    bodies.add(place + " " + body.process()));
            Completed end = completed.get(place);
            assertTrue(
                    "Expected %s to have begun before %s".formatted(body, end),
                    body.at().isBefore(end.at.plus(LAG)) && body.attempt() <= end.attempt);
        }
        assertEquals("bodies of " + run, expected, places);
    }

    /** How often a node took the run over. */
    long recoveries() {
        return count("RunRecovered");
    }

    private Map<String, Completed> completed() {
        Map<String, Completed> completed = new HashMap<>();
        for (JsonNode entry : entries) {
            if (type(entry).equals("AttemptCompleted")) {
                JsonNode body = entry.get("body");
                String key =
                        "%s/0/%d"
                                .formatted(
                                        body.get("step").textValue(), body.path("item").asInt(0));
                Completed end = new Completed(key, body.get("attempt").intValue(), at(entry));
                Completed other = completed.put(key, end);
                assertEquals("a second completion of " + end, null, other);
            }
        }
        return completed;
    }

    private long count(String type) {
        return entries.stream().filter(entry -> type(entry).equals(type)).count();
    }

    private static String type(JsonNode entry) {
        return entry.get("type").textValue();
    }

    private static Instant at(JsonNode entry) {
        return Instant.parse(entry.get("at").textValue());
    }

    @Override
    public String toString() {
        return "run %s of %d entries, created %s, last %s at %s"
                .formatted(
                        run,
                        entries.size(),
                        created(),
                        type(entries.get(entries.size() - 1)),
                        ended());
    }
}
