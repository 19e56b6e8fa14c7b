package orchestrator.engine.runtime;

import java.util.Optional;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateBackend;

/** The newest entry of a journal of any length, found by a few questions. */
public final class JournalEnd {
    private final StateBackend backend;

    /** In that store. */
    public JournalEnd(StateBackend backend) {
        this.backend = backend;
    }

    /** The newest entry of a run; empty if it has none. */
    public Optional<Entry> of(String run) {
        Optional<Entry> last = entry(run, 1);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        long there = last.get().sequence();
        long absent = there + 1;
        for (Optional<Entry> next = entry(run, absent); next.isPresent(); ) {
            last = next;
            there = next.get().sequence();
            absent = there * 2;
            next = entry(run, absent);
        }
        while (absent - there > 1) {
            long middle = (there + absent) / 2;
            Optional<Entry> next = entry(run, middle);
            if (next.isPresent()) {
                last = next;
                there = next.get().sequence();
            } else {
                absent = middle;
            }
        }
        return last;
    }

    private Optional<Entry> entry(String run, long from) {
        return backend.journal(run, from, 1).stream().findFirst();
    }
}
