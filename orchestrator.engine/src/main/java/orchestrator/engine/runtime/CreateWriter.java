package orchestrator.engine.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;

/** The writer of new runs. */
final class CreateWriter extends Writer<CreateWriter.Work> {
    /** How long whoever starts a run is made to wait for a store that does not answer. */
    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final StoreLink store;
    private final Environment environment;

    /**
     * A new run that waits. The future fails with {@link NotSentException} if it was not sent, with {@link
     * StateUnavailableException} if the store does not answer, and with another {@link StateException} if it refuses.
     *
     * @param incarnation of the lease that is to own the run, if it asks for an owner
     */
    record Work(NewRun run, long incarnation, long bytes, CompletableFuture<CreateOutcome> settled)
            implements WriteQueue.Write {
        static Work of(NewRun run, long incarnation, CompletableFuture<CreateOutcome> settled) {
            long bytes = run.entries().stream().mapToLong(e -> e.body().length).sum();
            return new Work(run, incarnation, bytes, settled);
        }

        @Override
        public String runId() {
            return run.summary().id();
        }

        private boolean isFor(NodeLease lease) {
            return mayOwn(run, incarnation, lease);
        }
    }

    /** Whether that lease may own the run: one that was promised to another must not be taken for this one's. */
    static boolean mayOwn(NewRun run, long incarnation, NodeLease lease) {
        return !run.owned() || incarnation == lease.incarnation();
    }

    static NodeFencedException over(long incarnation) {
        return new NodeFencedException(
                "Expected the lease with incarnation " + incarnation + ", but it is over");
    }

    CreateWriter(StoreLink store, WriteQueue<Work> queue, String name, Environment environment) {
        super(queue, true, name, environment);
        this.store = store;
        this.environment = environment;
    }

    /** All tries are under one lease: what is found stored then is what an earlier try has stored. */
    @Override
    void write(List<Work> batch) {
        write(batch, false);
    }

    /** @param sent whether it was sent before, and parts of it may be stored */
    private void write(List<Work> batch, boolean sent) {
        long began = environment.nanoTime();
        NodeLease lease = lease(began);
        if (lease == null) {
            if (sent) {
                fail(batch, new StateUnavailableException("it does not answer", null));
            } else {
                drop(batch);
            }
            drop(takeQueued());
            return;
        }
        List<Work> fitting = batch.stream().filter(w -> w.isFor(lease)).toList();
        batch.stream()
                .filter(w -> !w.isFor(lease))
                .forEach(w -> w.settled.completeExceptionally(over(w.incarnation)));
        if (!fitting.isEmpty()) {
            create(lease, fitting, began);
        }
    }

    /** The present lease once there is one, or null if there is none for too long. */
    private NodeLease lease(long began) {
        long pause = 0;
        while (true) {
            try {
                return store.lease();
            } catch (StateUnavailableException e) {
                if (isLast(began)) {
                    return null;
                }
                pause = pause(pause);
            }
        }
    }

    /** Creating a run again changes nothing, so that a store that was away for a moment is not noticed. */
    private void create(NodeLease lease, List<Work> batch, long began) {
        List<NewRun> runs = batch.stream().map(Work::run).toList();
        long pause = 0;
        while (true) {
            boolean last = isLast(began);
            try {
                List<CreateOutcome> outcomes = store.backend().create(lease, runs);
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).settled.complete(outcomes.get(i));
                }
                return;
            } catch (StateUnavailableException e) {
                if (last) {
                    fail(batch, e);
                    drop(takeQueued());
                    return;
                }
                pause = pause(pause);
            } catch (RuntimeException | Error e) { // of an error too each caller has to hear
                if (batch.size() == 1) {
                    batch.get(0).settled.completeExceptionally(unexpected(e));
                } else { // also when the lease is over: some ask for no owner, and need none
                    write(batch.subList(0, batch.size() / 2), true);
                    write(batch.subList(batch.size() / 2, batch.size()), true);
                }
                return;
            }
        }
    }

    private boolean isLast(long began) {
        return isClosed() || environment.nanoTime() - began > PATIENCE_NANOS;
    }

    /** Nobody waits in vain for a start that is behind others which the store does not take. */
    @Override
    void drop(List<Work> queued) {
        String why = isClosed() ? "the engine stops" : "it does not answer";
        fail(queued, new NotSentException(why, null));
    }

    private static void fail(List<Work> works, StateException why) {
        works.forEach(w -> w.settled.completeExceptionally(why));
    }
}
