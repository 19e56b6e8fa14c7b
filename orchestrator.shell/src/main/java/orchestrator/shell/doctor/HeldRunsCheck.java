package orchestrator.shell.doctor;

import java.util.List;
import java.util.Optional;

/** Runs that were put aside. */
final class HeldRunsCheck extends Check {
    private static final String CODE = "quarantined";

    HeldRunsCheck() {
        super("runs");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        if (there.states() == null) {
            return List.of();
        }
        return WaitingRuns.by(
                        there.states(),
                        reason -> CODE.equals(reason.code()) ? Optional.of(CODE) : Optional.empty())
                .values()
                .stream()
                .map(runs -> held(runs, there))
                .toList();
    }

    private Trouble held(WaitingRuns runs, Surroundings there) {
        String subject = runs.reason().subject();
        return error(
                "Put aside (%s): %s. The newest is %s: %s"
                        .formatted(
                                CODE,
                                runs.text(there.times(), "does not go on", "do not go on"),
                                runs.newest(),
                                TasksCheck.sentence(
                                        subject == null || subject.isEmpty()
                                                ? "it does not say why"
                                                : subject)),
                "run:debug %s says more; run:resume lets a run try again, run:cancel ends it. If journals are damaged: orchestrator:check."
                        .formatted(runs.newest()));
    }
}
