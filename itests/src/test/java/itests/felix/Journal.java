package itests.felix;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.StateManager;

/** The journal of a run, read back from its store. */
final class Journal {
    private final String run;
    private final List<HistoryEntry> entries;

    Journal(StateManager state, String run) {
        this.run = run;
        this.entries = state.getWorkflowHistory(run, 1, 10_000);
    }

    /** The entries are numbered from 1 without gaps, and each of the steps has one result. */
    void assertOneResultOf(String... steps) {
        List<Long> numbers = new ArrayList<>();
        Map<String, Integer> results = new TreeMap<>();
        for (HistoryEntry entry : entries) {
            numbers.add((long) numbers.size() + 1);
            if (entry.type().equals("AttemptCompleted")) {
                results.merge((String) entry.body().get("step"), 1, Integer::sum);
            }
        }
        Map<String, Integer> expected = new TreeMap<>();
        for (String step : steps) {
            expected.put(step, 1);
        }
        assertEquals(run, expected, results);
        assertEquals(run, numbers, entries.stream().map(HistoryEntry::sequence).toList());
    }

    /** How many entries of that type there are. */
    long count(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).count();
    }

    /** One value of the last entry of that type. */
    Object last(String type, String key) {
        return entries.stream()
                .filter(entry -> entry.type().equals(type))
                .reduce((first, second) -> second)
                .map(entry -> entry.body().get(key))
                .orElseThrow(() -> new AssertionError("Expected " + type + " in " + types()));
    }

    private List<String> types() {
        return entries.stream().map(HistoryEntry::type).toList();
    }
}
