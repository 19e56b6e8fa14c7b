package itests.process.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.WorkflowManager;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Keeps so many runs of the workflow {@code swap} in flight, until there is a file {@code stop} in its folder. What it was
 * promised and what came of it is in {@code ledger.log}, how it stands in {@code status.properties}. With the engine, or
 * this bundle itself, replaced it asks again for the ends that it has not heard of.
 */
final class Load {
    private static final int STARTERS = 4;
    private static final long STATUS_MILLIS = 200;
    private static final long RETRY_MILLIS = 50;

    private final BundleContext context;
    private final Path folder;
    private final long millis;
    private final Pauses pauses;
    private final Semaphore room;
    private final Engines engines;
    private final List<Thread> starters = new ArrayList<>();
    private final Thread teller = new Thread(this::tellAgainAndAgain, "load status");
    private final Queue<Long> again = new ConcurrentLinkedQueue<>();
    private final AtomicLong next;
    private final LongAdder refused = new LongAdder();
    private final Ledger ledger;

    Load(BundleContext context, Path folder, int runs, long millis, String watched) {
        this.context = context;
        this.folder = folder;
        this.millis = millis;
        this.pauses = new Pauses(watched, folder.resolve("events.log"));
        this.ledger = new Ledger(folder.resolve("ledger.log"));
        this.next = new AtomicLong(ledger.next());
        this.room = new Semaphore(runs - ledger.open().size());
        this.engines = new Engines(context);
    }

    void start() {
        context.addBundleListener(pauses);
        engines.open();
        for (int i = 0; i < STARTERS; i++) {
            starters.add(new Thread(this::startRuns, "load " + i));
        }
        starters.forEach(Thread::start);
        teller.start();
    }

    void stop() throws InterruptedException {
        for (Thread starter : starters) {
            starter.interrupt();
            starter.join();
        }
        teller.interrupt();
        teller.join();
        engines.close();
        ledger.close();
    }

    private boolean isOver() {
        return Files.exists(folder.resolve("stop"));
    }

    private void startRuns() {
        try {
            while (!isOver() || !ledger.isSettled()) {
                Long open = again.poll();
                if (open != null) {
                    startRun(open);
                } else if (!isOver() && room.tryAcquire()) {
                    startRun(next.getAndIncrement());
                } else {
                    Thread.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks again with the same key for as long as it takes: a start that was refused may not be lost either. */
    private void startRun(long n) throws InterruptedException {
        ledger.asked(n);
        while (true) {
            WorkflowManager manager = engines.waitForService(RETRY_MILLIS);
            if (manager != null) {
                try {
                    RunHandle run =
                            manager.executeWorkflow(
                                    "swap",
                                    Map.of("n", n, "millis", millis),
                                    StartOptions.none().startKey("n" + n));
                    ledger.accepted(n, run.id());
                    var unused = run.result().whenComplete((details, e) -> ended(n, details, e));
                    return;
                } catch (RefusedException e) {
                    refused.increment();
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        }
    }

    private void ended(long n, RunDetails details, Throwable error) {
        boolean isNews;
        if (error == null && details.status() == RunStatus.COMPLETED) {
            Map<?, ?> last = (Map<?, ?>) details.output("last").orElseThrow();
            isNews = ledger.completed(n, (String) last.get("version"));
        } else {
            isNews =
                    ledger.failed(n, error == null ? details.error().orElse("") : error.toString());
        }
        if (isNews) {
            room.release();
        }
    }

    private void tellAgainAndAgain() {
        try {
            while (true) {
                tell();
                Thread.sleep(STATUS_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() throws IOException {
        Properties status = new Properties();
        boolean finished = starters.stream().noneMatch(Thread::isAlive);
        status.setProperty("at", Long.toString(System.currentTimeMillis()));
        status.setProperty("finished", Boolean.toString(finished));
        status.setProperty("refused", refused.toString());
        ledger.tell(status);
        pauses.tell(status);
        Path file = folder.resolve("status.properties");
        Path whole = folder.resolve("status.new");
        try (Writer out = Files.newBufferedWriter(whole)) {
            status.store(out, null);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The engine's service. A new one has promised nothing yet: it is asked for all that has not ended. */
    private final class Engines extends ServiceTracker<WorkflowManager, WorkflowManager> {
        private Engines(BundleContext context) {
            super(context, WorkflowManager.class, null);
        }

        @Override
        public WorkflowManager addingService(ServiceReference<WorkflowManager> reference) {
            again.addAll(ledger.open());
            return super.addingService(reference);
        }
    }
}
