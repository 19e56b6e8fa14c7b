package orchestrator.engine.maintenance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.Flaw;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.engine.runtime.Engine;

/** Compares what is stored of a run with what its journal says. A run that moves meanwhile is looked at again. */
final class RunCheck {
    /** How often a run is looked at that moves each time; it is alive and well enough, then. */
    private static final int MOST_LOOKS = 20;

    private final Engine engine;
    private final StoredDefinitions definitions;

    RunCheck(Engine engine) {
        this.engine = engine;
        this.definitions = new StoredDefinitions(engine, false);
    }

    /** How the store can be looked into; empty if it does not offer that. */
    static Optional<StateInspection> inspection(StateBackend backend) {
        return backend instanceof StateInspection inside ? Optional.of(inside) : Optional.empty();
    }

    List<Flaw> flaws(Collection<String> runs) {
        return inspection(engine.store().backend())
                .map(inside -> inside.flaws(runs))
                .orElse(List.of());
    }

    /** What is wrong with a run whose summary and flaws were just read. */
    List<Found> look(RunSummary summary, List<Flaw> flaws) {
        JournalReading reading = new JournalReading(engine, definitions, summary.id());
        reading.readOn();
        return judge(summary, reading, flaws).isEmpty() ? List.of() : lookAgain(reading, summary);
    }

    private List<Found> lookAgain(JournalReading reading, RunSummary first) {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            List<RunSummary> stored = engine.store().backend().summaries(List.of(first.id()));
            if (stored.isEmpty()) {
                return List.of(); // deleted meanwhile
            }
            if (!reading.readOn()) { // so the summary belongs to the journal as it was read
                return judge(stored.get(0), reading, flaws(List.of(first.id())));
            }
        }
        return List.of();
    }

    private List<Found> judge(RunSummary summary, JournalReading reading, List<Flaw> flaws) {
        List<Found> all = new ArrayList<>(reading.damage());
        boolean rebuilt = false;
        if (all.isEmpty()) {
            List<String> differences =
                    new ExpectedSummary(summary, reading, engine.now()).differences();
            if (!differences.isEmpty()) {
                rebuilt = true;
                all.add(
                        Found.of(
                                Found.Kind.SUMMARY,
                                summary.id(),
                                "Expected " + String.join("; ", differences)));
            }
        }
        for (Flaw flaw : flaws) {
            Found found = Found.of(flaw);
            // what a run is found by follows from its summary, and so does what is wrong with it
            if (!rebuilt || found.kind() != Found.Kind.INDEX) {
                all.add(found);
            }
        }
        return all;
    }
}
