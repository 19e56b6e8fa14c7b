package orchestrator.engine.maintenance;

import java.util.Optional;
import orchestrator.api.run.CommandResult;
import orchestrator.api.state.StateInspection;
import orchestrator.engine.runtime.Engine;

/** The end of runs whose journals cannot be read: such a run follows no command, and is ended for it. Blocking. */
public final class Unreadable {
    private final Engine engine;

    /** For the runs of an engine's store. */
    public Unreadable(Engine engine) {
        this.engine = engine;
    }

    /**
     * Ends a run.
     *
     * @return what became of it; empty if its journal can be read, so that it ends itself
     */
    public Optional<CommandResult> cancel(String run) {
        JournalReading reading =
                new JournalReading(engine, new StoredDefinitions(engine, false), run);
        reading.readOn();
        Optional<StateInspection> inspection = RunCheck.inspection(engine.store().backend());
        if (reading.damage().isEmpty() || inspection.isEmpty()) {
            return Optional.empty();
        }
        RunMending.Result result = new RunMending(engine, inspection.get()).giveUp(run);
        return Optional.of(
                result.refused() == null
                        ? new CommandResult(true, "ended; its journal is damaged")
                        : new CommandResult(false, result.refused()));
    }
}
