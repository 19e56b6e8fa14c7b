package orchestrator.engine.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the steps of a run wait for, in order of time and of place, and the signals that came before anybody took them.
 * Belongs to the state: facts alone change it.
 */
final class Waits {
    /** The most keys that are listed of signals: people filter by them, and nobody by thousands. */
    private static final int LISTED_SIGNALS = 100;

    private final TreeMap<Integer, StepState> steps = new TreeMap<>(); // that wait, by place
    private final TreeSet<Due> due = new TreeSet<>();
    private final TreeMap<String, Integer> keys = new TreeMap<>(); // how many steps wait for each
    private final Map<String, Deque<Fact.SignalReceived>> kept = new HashMap<>();

    /** A step waits from now on. */
    void add(StepState step) {
        steps.put(step.step.index(), step);
        if (step.waitUntil != null) {
            due.add(dueOf(step));
        }
        if (!step.waitCode.equals(StepState.TIMER)) {
            keys.merge(step.waitKey(), 1, Integer::sum);
        }
    }

    /** A step waits no more; what it waited for is still in its state. */
    void remove(StepState step) {
        steps.remove(step.step.index());
        if (step.waitUntil != null) {
            due.remove(dueOf(step));
        }
        keys.computeIfPresent(step.waitKey(), (key, count) -> count == 1 ? null : count - 1);
    }

    private static Due dueOf(StepState step) {
        return new Due(step.waitUntil, step.step.index(), Due.What.WAIT);
    }

    /** A step has a time by which it must have ended. */
    void addDeadline(StepState step) {
        due.add(deadlineOf(step));
    }

    /** A step has ended, or begins anew. */
    void removeDeadline(StepState step) {
        if (step.deadline != null) {
            due.remove(deadlineOf(step));
        }
    }

    private static Due deadlineOf(StepState step) {
        return new Due(step.deadline, step.step.index(), Due.What.DEADLINE);
    }

    /** All times come later by that. */
    void shift(Duration time, RunState run) {
        List<Due> all = List.copyOf(due);
        due.clear();
        for (Due old : all) {
            StepState step = run.step(old.step());
            Due later = new Due(old.at().plus(time), old.step(), old.what());
            if (old.what() == Due.What.WAIT) {
                step.waitUntil = later.at();
            } else {
                step.deadline = later.at();
            }
            due.add(later);
        }
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The first step that waits, by place. */
    StepState first() {
        return steps.firstEntry().getValue();
    }

    /** The time that comes first, or null. */
    Due next() {
        return due.isEmpty() ? null : due.first();
    }

    /** What the steps wait for, as a store lists it; not every signal if there are many. */
    Set<String> keys() {
        if (keys.size() <= LISTED_SIGNALS) {
            return new TreeSet<>(keys.keySet());
        }
        Set<String> listed = new TreeSet<>();
        int signals = 0;
        for (String key : keys.keySet()) {
            if (!key.startsWith(StepState.SIGNAL + ":") || signals++ < LISTED_SIGNALS) {
                listed.add(key);
            }
        }
        return listed;
    }

    void keep(Fact.SignalReceived signal) {
        kept.computeIfAbsent(signal.name(), name -> new ArrayDeque<>()).add(signal);
    }

    /** How many signals of that name were not taken. */
    int kept(String signal) {
        Deque<Fact.SignalReceived> of = kept.get(signal);
        return of == null ? 0 : of.size();
    }

    /** The oldest signal of that name that was not taken; from now on it is. */
    Fact.SignalReceived take(String signal) {
        Deque<Fact.SignalReceived> of = kept.get(signal);
        Fact.SignalReceived taken = of == null ? null : of.poll();
        if (taken == null) {
            throw new UnknownEntryException(
                    "Expected a signal '%s' that nobody has taken, but there is none"
                            .formatted(signal));
        }
        return taken;
    }
}
