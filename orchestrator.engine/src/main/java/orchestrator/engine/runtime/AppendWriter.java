package orchestrator.engine.runtime;

import java.util.List;
import java.util.function.Consumer;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer of appends. */
final class AppendWriter extends Writer<AppendWriter.Work> {
    private static final Logger LOG = LoggerFactory.getLogger(AppendWriter.class);

    private final StoreLink store;

    /** An append that waits; what became of it is told on the thread that wrote it. */
    record Work(Append append, long bytes, Consumer<Settlement> settled)
            implements WriteQueue.Write {
        static Work of(Append append, Consumer<Settlement> settled) {
            long bytes = append.entries().stream().mapToLong(e -> e.body().length).sum();
            return new Work(append, bytes, settled);
        }

        @Override
        public String runId() {
            return append.run();
        }
    }

    AppendWriter(
            StoreLink store,
            WriteQueue<Work> queue,
            boolean first,
            String name,
            Environment environment) {
        super(queue, first, name, environment);
        this.store = store;
    }

    @Override
    void write(List<Work> batch) {
        List<Append> appends = batch.stream().map(Work::append).toList();
        long pause = 0;
        while (!isClosed()) {
            try {
                List<AppendOutcome> outcomes = store.backend().append(store.lease(), appends);
                store.silent(false);
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).settled.accept(new Settlement(outcomes.get(i), null));
                }
                return;
            } catch (StateUnavailableException e) {
                LOG.debug("The store did not answer; the same appends are tried again", e);
                store.silent(true);
                pause = pause(pause);
            } catch (NodeFencedException e) {
                batch.forEach(w -> w.settled.accept(new Settlement(AppendOutcome.FENCED, null)));
                return;
            } catch (RuntimeException | Error e) { // of an error too each run has to hear
                if (batch.size() == 1) {
                    batch.get(0).settled.accept(new Settlement(null, unexpected(e)));
                } else {
                    write(batch.subList(0, batch.size() / 2));
                    write(batch.subList(batch.size() / 2, batch.size()));
                }
                return;
            }
        }
    }

    /** The runs are another node's by then. */
    @Override
    void drop(List<Work> queued) {
        LOG.debug("{} appends were not sent", queued.size());
    }
}
