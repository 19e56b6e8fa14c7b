package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.attempt.AttemptSpec;
import orchestrator.engine.attempt.LogSink;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries log lines of tasks to the store, apart from journals: in bulk, soon, and never in anybody's way. */
final class LogChannel implements LogSink {
    private static final Logger LOG = LoggerFactory.getLogger(LogChannel.class);
    private static final int MAX_PENDING = 20_000;
    private static final Duration SOON = Duration.ofMillis(200);

    private record Line(String run, LogLine line) {}

    private final StoreLink store;
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Executor executor;
    private final IntSupplier keep;
    private final Queue<Line> pending = new ConcurrentLinkedQueue<>();
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
        byRun.forEach(this::write);
    }

    private void write(String run, List<LogLine> lines) {
        try {
            store.backend().log(run, lines, keep.getAsInt());
        } catch (StateUnavailableException e) {
            LOG.warn("{} log lines of run {} are lost: the store is away", lines.size(), run);
        } catch (StateException e) {
            LOG.warn("{} log lines of run {} are lost: {}", lines.size(), run, e.getMessage());
        }
    }
}
