package itests.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What the nodes were asked to start and what they answered. Thread safe. */
final class Ledger {
    private final AtomicInteger tags = new AtomicInteger();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Map<String, Process> asked = new ConcurrentHashMap<>();
    private volatile long unended = -1;
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    /** A new start that a process is asked for. */
    String ask(Process process) {
        String tag = "t" + tags.incrementAndGet();
        asked.put(tag, process);
        return tag;
    }

    /** Whether every start was answered, but for those whose process has died. */
    boolean isAnswered() {
        asked.entrySet()
                .removeIf(
                        e ->
                                accepted.containsKey(e.getKey())
                                        || refused.containsKey(e.getKey())
                                        || !e.getValue().isAlive());
        return asked.isEmpty();
    }

    /** Takes what a node said. */
    void hear(String line) {
        String[] words = line.split(" ", 3);
        if (words[0].equals("accepted")) {
            accepted.put(words[1], words[2]);
        } else if (words[0].equals("refused")) {
            refused.put(words[1], words[2]);
        } else if (words[0].equals("unended")) {
            unended = Long.parseLong(words[1]);
        } else if (words[0].equals("status")) {
            statuses.put(words[1], words[2]);
        }
    }

    /** What a node that was asked to count has said; -1 before. */
    long unended() {
        return unended;
    }

    void forgetCount() {
        unended = -1;
    }

    /** Status and reason of a run, as a node that was asked has said the last time; empty before. */
    String status(String run) {
        return statuses.getOrDefault(run, "");
    }

    void cancelling(String run) {
        cancelled.add(run);
    }

    boolean isCancelled(String run) {
        return cancelled.contains(run);
    }

    /** Tags and the runs that they were answered with. */
    Map<String, String> accepted() {
        return Map.copyOf(accepted);
    }

    List<String> acceptedRuns() {
        return new ArrayList<>(accepted.values());
    }

    /** Tags and what was said instead of a run. */
    Map<String, String> refused() {
        return Map.copyOf(refused);
    }
}
