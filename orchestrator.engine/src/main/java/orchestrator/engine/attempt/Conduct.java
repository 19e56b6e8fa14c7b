package orchestrator.engine.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a task does that it should not, counted for people who look for the one that does harm. Thread safe. */
public final class Conduct {
    private final AtomicInteger lingering = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong outputs = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private volatile String newestError = "";

    /** How many bodies go on although their attempt is over. */
    public int lingering() {
        return lingering.get();
    }

    void linger(int change) {
        lingering.addAndGet(change);
    }

    /** A body threw an {@link Error}. */
    void error(Throwable error) {
        newestError = error.getClass().getName();
        errors.incrementAndGet();
    }

    /** A body gave what cannot be kept. */
    void badOutput() {
        outputs.incrementAndGet();
    }

    /** A line of a log was one too many. */
    void tooManyLines() {
        lines.incrementAndGet();
    }

    /** What there is to say, one sentence each; empty if all is well. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>();
        add(all, lingering.get(), "%,d bodies ignore their interrupt");
        add(all, errors.get(), "%,d Errors were thrown, the newest a " + newestError);
        add(all, outputs.get(), "%,d outputs could not be kept");
        add(all, lines.get(), "%,d lines of log were too many");
        return all;
    }

    private static void add(List<String> all, long count, String text) {
        if (count > 0) {
            all.add(text.formatted(count));
        }
    }
}
