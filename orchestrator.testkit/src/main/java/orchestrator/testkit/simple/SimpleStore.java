package orchestrator.testkit.simple;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.state.NodeLease;

/**
 * What a server would hold: maps, and a clock. One lock, the object itself, guards all of it; nodes reach it through a
 * {@link SimpleBackend} each.
 */
final class SimpleStore {
    final Map<String, SimpleRun> runs = new TreeMap<>();
    final Map<StartKey, StartedRun> startKeys = new HashMap<>();
    final Map<String, byte[]> definitions = new HashMap<>();

    /** The members, by id; those that are gone are not among them. */
    final Map<String, Member> members = new TreeMap<>();

    /** What all nodes share. */
    final Set<String> words = new TreeSet<>();

    /** The last incarnation of every node that ever entered. */
    final Map<String, Long> incarnations = new HashMap<>();

    private final InstantSource clock;

    SimpleStore(InstantSource clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A node that is a member until its lease is taken over. */
    record Member(NodeLease lease, Instant expires) {}

    /** What a start key is known by. */
    record StartKey(String workflow, String key) {}

    /** The run that has a start key; when it ended once it was deleted, null before. */
    record StartedRun(String run, String inputHash, Instant ended) {}
}
