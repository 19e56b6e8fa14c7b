package orchestrator.engine.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.definition.TaskReference;
import orchestrator.engine.core.CellId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Caching;
import orchestrator.engine.graph.Expressions;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Scope;
import orchestrator.engine.graph.Step;
import orchestrator.engine.graph.StepRules;
import orchestrator.engine.graph.Template;
import orchestrator.engine.graph.Timeouts;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/** The slots of a node whose workers and timers move only when they are told to. */
final class Bench implements AttemptOwner, Scheduler {
    private static final Scope NOTHING =
            new Scope() {
                @Override
                public boolean has(String name) {
                    return false;
                }

                @Override
                public Object get(String name) {
                    return null;
                }
            };

    private static final class Due {
        final long at;
        final Runnable action;

        Due(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }
    }

    private long nanos;
    private final List<Due> timers = new ArrayList<>();
    private final Deque<Runnable> work = new ArrayDeque<>();

    final TaskRegistry registry = new TaskRegistry();
    final List<Object> told = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final Attempts attempts;
    int slots = 2;
    Map<String, Integer> ofTasks = Map.of();
    Timeouts timeouts = new Timeouts(Duration.ofSeconds(60), null, null, null);
    Retry retry;
    Caching caching;
    Scope scope = NOTHING;
    boolean mayBegin = true;

    Bench() {
        NodeClock clock = new NodeClock(Instant.EPOCH, () -> nanos);
        attempts =
                new Attempts(
                        registry,
                        this::limits,
                        clock,
                        this,
                        work::add,
                        (spec, level, text) -> log.add(level + " " + text));
    }

    private EngineLimits limits() {
        Retry once = new Retry(1, Duration.ZERO, 1, Duration.ZERO, 0);
        return new EngineLimits(9, slots, Duration.ofMinutes(5), once, Duration.ZERO, 9, ofTasks);
    }

    TaskBinding offer(String name, TaskSource source) {
        TaskBinding binding =
                new TaskBinding(name, "1.0", "test", getClass().getClassLoader(), source);
        registry.add(binding);
        return binding;
    }

    TaskBinding offer(String name, Task task) {
        return offer(name, TaskSource.of(task));
    }

    private AttemptSpec spec(
            String task, int item, Instant notBefore, boolean start, int priority) {
        Step step =
                new Step(
                        0,
                        "step",
                        TaskReference.of(task),
                        null,
                        null,
                        new int[0],
                        new int[0],
                        Template.of(Map.of(), new Expressions()),
                        retry,
                        timeouts,
                        null,
                        1,
                        caching,
                        null,
                        StepRules.NONE);
        return new AttemptSpec(
                "run", step, new CellId(0, item), 1, notBefore, start, priority, scope);
    }

    Attempt issue(String task) {
        return attempts.issue(spec(task, Fact.NO_ITEM, null, false, 0), this);
    }

    Attempt issue(String task, int item, int priority) {
        return attempts.issue(spec(task, item, null, false, priority), this);
    }

    Attempt issueAt(String task, Duration later) {
        return attempts.issue(spec(task, Fact.NO_ITEM, Instant.EPOCH.plus(later), false, 0), this);
    }

    Attempt issueLost(String task) {
        return attempts.issue(spec(task, Fact.NO_ITEM, null, true, 0), this);
    }

    /** Runs what workers were given, and what follows from it. */
    Bench work() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
        return this;
    }

    /** Runs the next piece of work alone. */
    void workOnce() {
        work.remove().run();
    }

    Bench pass(Duration time) {
        long until = nanos + time.toNanos();
        while (true) {
            Due next =
                    timers.stream()
                            .filter(t -> t.at <= until)
                            .min(Comparator.comparingLong(t -> t.at))
                            .orElse(null);
            if (next == null) {
                nanos = until;
                return this;
            }
            timers.remove(next);
            nanos = Math.max(nanos, next.at);
            next.action.run();
        }
    }

    int timers() {
        return timers.size();
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        Due due = new Due(nanos + delay.toNanos(), action);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public boolean mayBegin() {
        return mayBegin;
    }

    @Override
    public void ended(Attempt attempt, Command command) {
        told.add(command);
    }

    @Override
    public void wantsStart(Attempt attempt) {
        told.add("wants start");
    }

    @Override
    public void missesTask(Attempt attempt) {
        told.add("misses task");
    }
}
