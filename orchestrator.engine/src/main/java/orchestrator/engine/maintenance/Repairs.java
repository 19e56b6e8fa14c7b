package orchestrator.engine.maintenance;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.api.run.Finding;
import orchestrator.api.run.Repair;
import orchestrator.api.state.Flaw;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.runtime.Engine;

/** Mends what is found, or says what it would do. */
final class Repairs implements Survey.Visitor {
    private final Engine engine;
    private final boolean apply;
    private final Consumer<Repair> repaired;
    private long number;
    private long mended;

    private record Done(Finding finding, Outcome outcome, String message) implements Repair {}

    Repairs(Engine engine, boolean apply, Consumer<Repair> repaired) {
        this.engine = engine;
        this.apply = apply;
        this.repaired = repaired;
    }

    long number() {
        return number;
    }

    long mended() {
        return mended;
    }

    @Override
    public void run(String run, List<Found> findings) {
        if (!apply) {
            findings.forEach(this::plan);
            return;
        }
        RunMending.Result result = mend(run);
        for (Found finding : findings) {
            if (result.refused() != null) {
                tell(finding, Repair.Outcome.REFUSED, result.refused());
            } else if (finding.isMendable() || result.intact()) {
                tell(finding, Repair.Outcome.MENDED, finding.remedy());
            } else {
                tell(finding, Repair.Outcome.QUARANTINED, finding.remedy());
            }
        }
    }

    private RunMending.Result mend(String run) {
        Optional<StateInspection> inspection = RunCheck.inspection(engine.store().backend());
        if (inspection.isEmpty()) {
            return new RunMending.Result("this store does not let a single run be taken", true);
        }
        try {
            return new RunMending(engine, inspection.get()).mend(run);
        } catch (StateUnavailableException e) {
            throw e; // the whole repair ends
        } catch (StateException | IllegalStateException e) {
            return new RunMending.Result(e.getMessage(), true);
        }
    }

    @Override
    public void strays(List<Flaw> strays) {
        StateInspection inspection = RunCheck.inspection(engine.store().backend()).orElseThrow();
        for (Flaw stray : strays) {
            Found finding = Found.of(stray);
            if (!apply) {
                plan(finding);
            } else if (!finding.isMendable() || inspection.discard(List.of(stray)) == 0) {
                tell(finding, Repair.Outcome.REFUSED, finding.remedy());
            } else {
                tell(finding, Repair.Outcome.MENDED, finding.remedy());
            }
        }
    }

    @Override
    public void member(MemberState member, Found finding) {
        if (!apply) {
            plan(finding);
        } else if (member.lease().node().equals(engine.store().lease().node())) {
            tell(finding, Repair.Outcome.REFUSED, "it is this node");
        } else {
            engine.store().backend().leave(member.lease());
            tell(finding, Repair.Outcome.MENDED, finding.remedy());
        }
    }

    private void plan(Found finding) {
        tell(finding, Repair.Outcome.PLANNED, finding.remedy());
    }

    private void tell(Found finding, Repair.Outcome outcome, String message) {
        number++;
        if (outcome == Repair.Outcome.MENDED) {
            mended++;
        }
        repaired.accept(new Done(finding, outcome, message));
    }
}
