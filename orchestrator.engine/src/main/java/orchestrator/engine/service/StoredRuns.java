package orchestrator.engine.service;

import java.util.List;
import orchestrator.api.run.RefusedException;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.runtime.Engine;

/** Runs as their store has them, for the services. Blocking, thread safe. */
final class StoredRuns {
    private final Engine engine;

    StoredRuns(Engine engine) {
        this.engine = engine;
    }

    /**
     * What is listed of a run.
     *
     * @throws RefusedException {@code unknown-run}, {@code store}
     */
    RunSummary summary(String run) {
        return StateManagerService.asking(
                        () -> engine.store().backend().summaries(List.of(run)).stream().findFirst())
                .orElseThrow(() -> unknown(run));
    }

    /**
     * A run as its journal tells it.
     *
     * @throws RefusedException {@code unknown-run}, {@code damaged}, {@code store}
     */
    RunState state(String run) {
        summary(run); // or there is no such run
        return reading(
                run, () -> StateManagerService.asking(() -> engine.journal().replay(run).state()));
    }

    static <T> T reading(String run, java.util.function.Supplier<T> journal) {
        try {
            return journal.get();
        } catch (RefusedException | StateException e) {
            throw e;
        } catch (UnknownEntryException e) {
            throw new RefusedException(
                    "damaged",
                    "Expected a run whose journal can be read, but that of run %s cannot: %s"
                            .formatted(run, e.getMessage()));
        }
    }

    static RefusedException unknown(String run) {
        return new RefusedException(
                "unknown-run", "Expected the id of a run, but there is no run '%s'".formatted(run));
    }
}
