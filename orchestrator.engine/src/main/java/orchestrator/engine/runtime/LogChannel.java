package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.StateException;
import orchestrator.engine.attempt.AttemptSpec;
import orchestrator.engine.attempt.LogSink;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries log lines of tasks to the store, apart from journals: in bulk, soon, and never in anybody's way. Lines that it
 * cannot carry are counted, and a later line of the run says how many there were.
 */
final class LogChannel implements LogSink {
    private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);
    private static final int MAX_PENDING = 20_000;
    private static final int MAX_LOSERS = 10_000;
    private static final Duration SOON = Duration.ofMillis(200);

    private record Line(String run, LogLine line) {}

    private final StoreLink store;
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Executor executor;
    private final IntSupplier keep;
    private final Queue<Line> pending = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> lost = new ConcurrentHashMap<>(); // lines, by run
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LogChannel(
            StoreLink store,
            NodeClock clock,
            Scheduler scheduler,
            Executor executor,
            IntSupplier keep) {
        this.store = store;
        this.clock = clock;
        this.scheduler = scheduler;
        this.executor = executor;
        this.keep = keep;
    }

    @Override
    public void add(AttemptSpec attempt, String level, String text) {
        if (count.incrementAndGet() > MAX_PENDING) {
            count.decrementAndGet();
            lose(attempt.runId(), 1);
            return;
        }
        LogLine line =
                new LogLine(clock.now(), level, attempt.step().name(), attempt.number(), text);
        pending.add(new Line(attempt.runId(), line));
        if (scheduled.compareAndSet(false, true)) {
            scheduler.schedule(SOON, () -> executor.execute(this::flush));
        }
    }

    /** Writes what is there. */
    synchronized void flush() {
        scheduled.set(false);
        Map<String, List<LogLine>> byRun = new LinkedHashMap<>();
        for (Line line = pending.poll(); line != null; line = pending.poll()) {
            count.decrementAndGet();
            byRun.computeIfAbsent(line.run, r -> new ArrayList<>()).add(line.line);
        }
        lost.keySet().forEach(run -> byRun.computeIfAbsent(run, r -> List.of()));
        byRun.forEach(this::write);
    }

    private void write(String run, List<LogLine> lines) {
        int missing = Objects.requireNonNullElse(lost.remove(run), 0);
        List<LogLine> all = new ArrayList<>(lines);
        if (missing > 0) {
            all.add(
                    new LogLine(
                            lines.isEmpty() ? clock.now() : lines.get(lines.size() - 1).at(),
                            "WARNING",
                            "",
                            0,
                            "%,d lines are missing: the store was away, or slower than the tasks wrote"
                                    .formatted(missing)));
        }
        try {
            store.backend().log(run, all, keep.getAsInt());
        } catch (StateException e) {
            LOG.warn("{} log lines of run {} are lost: {}", lines.size(), run, e.getMessage());
            lose(run, lines.size() + missing);
        }
    }

    private void lose(String run, int lines) {
        if (lost.size() < MAX_LOSERS || lost.containsKey(run)) {
            lost.merge(run, lines, Integer::sum);
        }
    }
}
