package orchestrator.engine.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.UnknownEntryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node is asked about runs that are not in its memory: their ends, and whether they followed a command. */
final class Elsewhere {
    private static final Logger LOG = LoggerFactory.getLogger(Elsewhere.class);

    /** After the ends of how many runs a node asks at once. */
    private static final int RESULTS = 500;

    private final StoreLink store;
    private final Runs runs;
    private final RunViews views;
    private final Results results;
    private final Answers answers;
    private final Executor node;
    private final Executor readers;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Set<String> reading = ConcurrentHashMap.newKeySet();

    /**
     * What is asked about runs elsewhere.
     *
     * @param node the node's thread
     * @param readers read journals
     */
    Elsewhere(
            StoreLink store,
            Runs runs,
            RunViews views,
            Results results,
            Answers answers,
            Executor node,
            Executor readers) {
        this.store = store;
        this.runs = runs;
        this.views = views;
        this.results = results;
        this.answers = answers;
        this.node = node;
        this.readers = readers;
    }

    /** One look at the store; on the node's thread. */
    void look() {
        findResults();
        answers.look(store.backend());
    }

    /** Somebody awaits one more end, which may have come about already. */
    void findSoon() {
        if (asked.compareAndSet(false, true)) {
            node.execute(
                    () -> {
                        asked.set(false);
                        findResults();
                    });
        }
    }

    /** Ends that came about elsewhere, or before somebody asked; on the node's thread, the journals on others. */
    private void findResults() {
        List<String> awaited =
                results.awaitedNext(
                        run -> runs.find(run).isEmpty() && !reading.contains(run), RESULTS);
        if (awaited.isEmpty() || !store.isUp()) {
            return;
        }
        try {
            for (RunSummary summary : store.backend().summaries(awaited)) {
                if (summary.status().isFinal() && reading.add(summary.id())) {
                    readers.execute(() -> findResult(summary.id()));
                }
            }
        } catch (StateException e) {
            LOG.debug("The store did not say which runs have ended; the next look asks", e);
        }
    }

    private void findResult(String run) {
        try {
            views.stored(run).ifPresent(results::complete);
        } catch (UnknownEntryException e) {
            LOG.error("The end of run {} cannot be read: {}", run, e.getMessage());
            results.fail(run, e);
        } catch (StateException e) {
            LOG.debug("The store did not say how run {} ended; the next look asks", run, e);
        } catch (RuntimeException e) {
            LOG.error("The end of run {} cannot be told; the next look asks again", run, e);
        } finally {
            reading.remove(run);
        }
    }
}
