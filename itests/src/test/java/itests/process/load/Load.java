package itests.process.load;

import java.io.BufferedWriter;
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
import java.util.concurrent.ConcurrentHashMap;
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
import org.osgi.util.tracker.ServiceTracker;

/**
 * Keeps so many runs of the workflow {@code swap} in flight, until there is a file {@code stop} in its folder. What it was
 * promised is in {@code accepted.log}, how it stands in {@code status.properties}, what went wrong in {@code failed.log}.
 */
final class Load {
    private static final int STARTERS = 4;
    private static final long STATUS_MILLIS = 200;
    private static final long RETRY_MILLIS = 50;

    private final BundleContext context;
    private final Path folder;
    private final int runs;
    private final long millis;
    private final Pauses pauses;
    private final Semaphore room;
    private final ServiceTracker<WorkflowManager, WorkflowManager> managers;
    private final List<Thread> starters = new ArrayList<>();
    private final Thread teller = new Thread(this::tellAgainAndAgain, "load status");
    private final AtomicLong next = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> versions = new ConcurrentHashMap<>();
    private final Writer acceptedLog;

    Load(BundleContext context, Path folder, int runs, long millis, String watched) {
        this.context = context;
        this.folder = folder;
        this.runs = runs;
        this.millis = millis;
        this.pauses = new Pauses(watched);
        this.room = new Semaphore(runs);
        this.managers = new ServiceTracker<>(context, WorkflowManager.class, null);
        try {
            acceptedLog = Files.newBufferedWriter(folder.resolve("accepted.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        context.addBundleListener(pauses);
        managers.open();
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
        managers.close();
    }

    private boolean isOver() {
        return Files.exists(folder.resolve("stop"));
    }

    private void startRuns() {
        try {
            while (true) {
                room.acquire();
                if (isOver()) {
                    room.release();
                    return;
                }
                startRun(next.getAndIncrement());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks again with the same key for as long as it takes: a start that was refused may not be lost either. */
    private void startRun(long n) throws InterruptedException {
        while (true) {
            WorkflowManager manager = managers.waitForService(RETRY_MILLIS);
            if (manager != null) {
                try {
                    RunHandle run =
                            manager.executeWorkflow(
                                    "swap",
                                    Map.of("n", n, "millis", millis),
                                    StartOptions.none().startKey("n" + n));
                    accepted(run);
                    return;
                } catch (RefusedException e) {
                    refused.increment();
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        }
    }

    private void accepted(RunHandle run) {
        accepted.increment();
        append(acceptedLog, run.id());
        var unused = run.result().whenComplete((details, e) -> ended(run.id(), details, e));
    }

    private void ended(String run, RunDetails details, Throwable error) {
        if (error == null && details.status() == RunStatus.COMPLETED) {
            Map<?, ?> last = (Map<?, ?>) details.output("last").orElseThrow();
            versions.computeIfAbsent((String) last.get("version"), v -> new LongAdder())
                    .increment();
            completed.increment();
        } else {
            failed.increment();
            failed(run + " " + (error == null ? details.error().orElse("") : error));
        }
        room.release();
    }

    private synchronized void failed(String line) {
        try (BufferedWriter log = Files.newBufferedWriter(folder.resolve("failed.log"))) {
            append(log, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Writer log, String line) {
        try {
            log.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellAgainAndAgain() {
        try {
            while (true) {
                boolean finished = starters.stream().noneMatch(Thread::isAlive);
                tell(finished && room.availablePermits() == runs);
                Thread.sleep(STATUS_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(boolean finished) throws IOException {
        acceptedLog.flush();
        Properties status = new Properties();
        status.setProperty("at", Long.toString(System.currentTimeMillis()));
        status.setProperty("finished", Boolean.toString(finished));
        status.setProperty("flight", Integer.toString(runs - room.availablePermits()));
        status.setProperty("accepted", accepted.toString());
        status.setProperty("refused", refused.toString());
        status.setProperty("completed", completed.toString());
        status.setProperty("failed", failed.toString());
        versions.forEach((version, n) -> status.setProperty("version." + version, n.toString()));
        pauses.tell(status);
        Path file = folder.resolve("status.properties");
        Path whole = folder.resolve("status.new");
        try (Writer out = Files.newBufferedWriter(whole)) {
            status.store(out, null);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
