package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import orchestrator.engine.attempt.Workers;

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
    private final Workers workers;
    private final WriteQueue<AppendWriter.Work> appends;

    /** New runs have a writer of their own: the commit of theirs and that of the appends take their time together. */
    private final WriteQueue<CreateWriter.Work> creates;

    private final CreateWriter createWriter;
    private final List<AppendWriter> appendWriters = new ArrayList<>();

    WritePath(StoreLink store, int writerCount, Environment environment) {
        this.store = store;
        this.workers = environment.workers();
        int batch = writerCount == 1 ? LARGE_BATCH : BATCH;
        this.appends = new WriteQueue<>(batch, PATIENCE, environment::nanoTime);
        this.creates = new WriteQueue<>(LARGE_BATCH, PATIENCE, environment::nanoTime);
        this.createWriter = new CreateWriter(store, creates, "orchestrator-writer-0", environment);
        for (int i = 1; i <= writerCount; i++) {
            String name = "orchestrator-writer-" + i;
            appendWriters.add(new AppendWriter(store, appends, i == 1, name, environment));
        }
    }

    void start() {
        createWriter.start();
        appendWriters.forEach(Writer::start);
    }

    /** See {@link WriteTarget#append}. */
    void append(Append append, boolean alone, Consumer<Writer.Settlement> settled) {
        if (store.isVolatile()) {
            Writer.Settlement settlement = appendInline(append);
            if (settlement != null) {
                settled.accept(settlement);
                return;
            }
        }
        AppendWriter.Work work =
                AppendWriter.Work.of(append, settled); // whatever fails fails before the lead
        boolean mayLead = alone && !store.isVolatile() && workers.mayBlock() && !store.isSilent();
        if (mayLead && appends.lead()) {
            lead(work);
        } else {
            add(work);
        }
    }

    /** Appends to a run that is not in memory; completes once the store has answered. */
    CompletableFuture<AppendOutcome> append(Append append) {
        CompletableFuture<AppendOutcome> settled = new CompletableFuture<>();
        append(
                append,
                false,
                settlement -> {
                    if (settlement.failure() == null) {
                        settled.complete(settlement.outcome());
                    } else {
                        settled.completeExceptionally(settlement.failure());
                    }
                });
        return settled;
    }

    private void add(AppendWriter.Work work) {
        appends.add(work);
        appendWriters.forEach(Writer::wake);
    }

    private void lead(AppendWriter.Work work) {
        Writer.Settlement settlement = null;
        try {
            settlement = appendInline(work.append());
        } finally {
            try {
                if (settlement == null) {
                    add(work);
                }
            } finally {
                appends.follow();
                appendWriters.forEach(Writer::wake);
            }
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
            createWriter.wake();
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
        createWriter.close();
        appendWriters.forEach(Writer::close);
    }
}
