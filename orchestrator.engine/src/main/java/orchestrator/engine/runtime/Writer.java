package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that gathers the writes of many runs into calls of the store. It takes what is there and never lingers for
 * company; while a call is on its way, the next batch collects. A run has one write on its way at a time, so that it does
 * not matter which writer takes it. A call that was not answered is repeated until it is
 * settled. A batch that fails for another reason is halved until the culprit stands alone.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long FIRST_PAUSE_NANOS = 50_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000L;

    /** How long whoever starts a run is made to wait for a store that does not answer. */
    private static final long START_PATIENCE_NANOS = 3_000_000_000L;

    /** What became of an append: an outcome, or why the store refused it. */
    record Settlement(AppendOutcome outcome, StateException failure) {}

    /** What became of a new run, and under which of the node's leases. */
    record Creation(CreateOutcome outcome, long incarnation) {}

    /** An append or a new run. */
    sealed interface Work extends WriteQueue.Sized {}

    private record AppendWork(Append append, long bytes, Consumer<Settlement> settled)
            implements Work {}

    private record CreateWork(NewRun run, long bytes, CompletableFuture<Creation> settled)
            implements Work {}

    private final StoreLink store;
    private final WriteQueue<Work> queue;
    private final boolean first;
    private final Thread thread;
    private volatile boolean closed;

    /** The first writer takes whatever waits, the others only if many do. */
    Writer(StoreLink store, WriteQueue<Work> queue, boolean first, String name) {
        this.store = store;
        this.queue = queue;
        this.first = first;
        this.thread = new Thread(this::work, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** An append to be queued; what became of it is told on the writer's thread. */
    static Work of(Append append, Consumer<Settlement> settled) {
        long bytes = append.entries().stream().mapToLong(e -> e.body().length).sum();
        return new AppendWork(append, bytes, settled);
    }

    /**
     * A new run to be queued. The future fails with {@link StateUnavailableException} if the store does not answer, and
     * with another {@link StateException} if it refuses.
     */
    static Work of(NewRun run, CompletableFuture<Creation> settled) {
        long bytes = run.entries().stream().mapToLong(e -> e.body().length).sum();
        return new CreateWork(run, bytes, settled);
    }

    /** Ends the thread after the call that is on its way; what is still queued is dropped. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<AppendWork> appends = new ArrayList<>();
        List<CreateWork> creates = new ArrayList<>();
        while (!closed) {
            try {
                for (Work work : first ? queue.takeSome() : queue.takeOfMany()) {
                    if (work instanceof AppendWork append) {
                        appends.add(append);
                    } else {
                        creates.add((CreateWork) work);
                    }
                }
            } catch (InterruptedException e) {
                continue; // closed, or a stray interrupt
            }
            try {
                if (!creates.isEmpty()) {
                    createAll(creates);
                }
                if (!appends.isEmpty()) {
                    appendAll(appends);
                }
            } catch (RuntimeException | Error e) { // without its writer no run would go on
                LOG.error("A writer met an error that nobody expected; it goes on", e);
            }
            appends.clear();
            creates.clear();
        }
        failCreates();
    }

    /** Who waits for a start that was not written is told. */
    private void failCreates() {
        for (Work work : queue.take(work -> true)) {
            if (work instanceof CreateWork create) {
                create.settled.completeExceptionally(
                        new StateUnavailableException("Expected an engine, but it stops", null));
            }
        }
    }

    /** A backend's error that is none of the contract's: what it changed is not known, so it is settled as refused. */
    private static StateException unexpected(RuntimeException e) {
        return e instanceof StateException known ? known : new StateException(e.toString(), e);
    }

    private void appendAll(List<AppendWork> batch) {
        List<Append> appends = batch.stream().map(AppendWork::append).toList();
        long pause = FIRST_PAUSE_NANOS;
        long began = System.nanoTime();
        while (!closed) {
            try {
                List<AppendOutcome> outcomes = store.backend().append(store.lease(), appends);
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).settled.accept(new Settlement(outcomes.get(i), null));
                }
                return;
            } catch (StateUnavailableException e) {
                LOG.debug("The store did not answer; the same appends are tried again", e);
                if (System.nanoTime() - began > START_PATIENCE_NANOS) {
                    refuseQueuedCreates();
                }
                LockSupport.parkNanos(pause);
                pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
            } catch (NodeFencedException e) {
                batch.forEach(w -> w.settled.accept(new Settlement(AppendOutcome.FENCED, null)));
                return;
            } catch (RuntimeException e) {
                if (batch.size() == 1) {
                    batch.get(0).settled.accept(new Settlement(null, unexpected(e)));
                } else {
                    appendAll(batch.subList(0, batch.size() / 2));
                    appendAll(batch.subList(batch.size() / 2, batch.size()));
                }
                return;
            }
        }
    }

    /** Nobody waits in vain for a start that is behind appends which the store does not take. */
    private void refuseQueuedCreates() {
        for (Work work : queue.take(CreateWork.class::isInstance)) {
            ((CreateWork) work)
                    .settled.completeExceptionally(
                            new StateException(
                                    "it does not answer. Nothing was accepted; try again later",
                                    null));
        }
    }

    /** Creating a run again changes nothing, so that a store that was away for a moment is not noticed. */
    private void createAll(List<CreateWork> batch) {
        long began = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        while (!createOnce(batch, System.nanoTime() - began > START_PATIENCE_NANOS || closed)) {
            LockSupport.parkNanos(pause);
            pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
        }
    }

    /** Whether it is settled. */
    private boolean createOnce(List<CreateWork> batch, boolean last) {
        List<NewRun> runs = batch.stream().map(CreateWork::run).toList();
        try {
            NodeLease lease = store.lease();
            List<CreateOutcome> outcomes = store.backend().create(lease, runs);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).settled.complete(new Creation(outcomes.get(i), lease.incarnation()));
            }
        } catch (StateUnavailableException e) {
            if (!last) {
                return false;
            }
            batch.forEach(w -> w.settled.completeExceptionally(e));
            refuseQueuedCreates();
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).settled.completeExceptionally(unexpected(e));
            } else { // also when the lease is over: some ask for no owner, and need none
                createAll(batch.subList(0, batch.size() / 2));
                createAll(batch.subList(batch.size() / 2, batch.size()));
            }
        }
        return true;
    }
}
