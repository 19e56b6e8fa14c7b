package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;

/**
 * The way of all writes to the store: inline for a volatile one, through writers for the others. An append that comes
 * while no other is on its way is written by the thread that decided it, if that may block and its run does nothing else. Thread safe.
 */
final class WritePath implements AutoCloseable {
    private static final int LARGE_BATCH = 1024;

    /** With several writers: while the store is at one batch, the next one is made. */
    private static final int BATCH = 256;

    /** A store that takes longer than this for a batch is busy with its disk or its network, and can take another. */
    private static final Duration PATIENCE = Duration.ofMillis(3);

    private final StoreLink store;
    private final BooleanSupplier mayBlock;
    private final WriteQueue<AppendWriter.Work> appends;

    /** New runs have a writer of their own: the commit of theirs and that of the appends take their time together. */
    private final WriteQueue<CreateWriter.Work> creates = new WriteQueue<>(LARGE_BATCH, PATIENCE);

    private final List<Writer<?>> writers = new ArrayList<>();

    /**
     * @param mayBlock whether the calling thread has nothing else to do than what follows from its append
     */
    WritePath(StoreLink store, int writerCount, BooleanSupplier mayBlock) {
        this.store = store;
        this.mayBlock = mayBlock;
        this.appends = new WriteQueue<>(writerCount == 1 ? LARGE_BATCH : BATCH, PATIENCE);
        writers.add(new CreateWriter(store, creates, "orchestrator-writer-0"));
        for (int i = 1; i <= writerCount; i++) {
            writers.add(new AppendWriter(store, appends, i == 1, "orchestrator-writer-" + i));
        }
    }

    void start() {
        writers.forEach(Writer::start);
    }

    /** See {@link WriteTarget#append}. */
    void append(Append append, boolean alone, Consumer<Writer.Settlement> settled) {
        if (store.isVolatile()) {
            Writer.Settlement settlement = appendInline(append);
            if (settlement != null) {
                settled.accept(settlement);
                return;
            }
        } else if (alone && mayBlock.getAsBoolean() && !store.isSilent() && appends.lead()) {
            lead(AppendWriter.Work.of(append, settled));
            return;
        }
        appends.add(AppendWriter.Work.of(append, settled));
    }

    private void lead(AppendWriter.Work work) {
        Writer.Settlement settlement = null;
        try {
            settlement = appendInline(work.append());
        } finally {
            if (settlement == null) {
                appends.add(work);
            }
            appends.follow();
        }
        if (settlement != null) {
            work.settled().accept(settlement);
        }
    }

    private Writer.Settlement appendInline(Append append) {
        try {
            StateBackend backend = store.backend();
            return new Writer.Settlement(
                    backend.append(store.lease(), List.of(append)).get(0), null);
        } catch (StateUnavailableException e) {
            return null; // it has just gone: the writer tries again
        } catch (NodeFencedException e) {
            return new Writer.Settlement(AppendOutcome.FENCED, null);
        } catch (RuntimeException e) {
            return new Writer.Settlement(null, Writer.unexpected(e));
        }
    }

    /**
     * Stores a new run.
     *
     * @param incarnation of the lease that is to own it, if it asks for an owner: another lease is refused as one that is
     *     over
     */
    CompletableFuture<CreateOutcome> create(NewRun run, long incarnation) {
        if (!store.isVolatile()) {
            CompletableFuture<CreateOutcome> created = new CompletableFuture<>();
            creates.add(CreateWriter.Work.of(run, incarnation, created));
            return created;
        }
        try {
            NodeLease lease = store.lease();
            if (!CreateWriter.mayOwn(run, incarnation, lease)) {
                throw CreateWriter.over(incarnation);
            }
            return CompletableFuture.completedFuture(
                    store.backend().create(lease, List.of(run)).get(0));
        } catch (StateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        writers.forEach(Writer::close);
    }
}
