package orchestrator.engine.maintenance;

import java.util.List;
import java.util.function.Consumer;
import orchestrator.api.run.Finding;
import orchestrator.api.state.Flaw;
import orchestrator.api.state.MemberState;

/** Hands everything that is found on, and counts it. */
final class Findings implements Survey.Visitor {
    private final Consumer<Finding> found;
    private long number;

    Findings(Consumer<Finding> found) {
        this.found = found;
    }

    @Override
    public void run(String run, List<Found> findings) {
        findings.forEach(this::take);
    }

    @Override
    public void strays(List<Flaw> strays) {
        strays.forEach(stray -> take(Found.of(stray)));
    }

    @Override
    public void member(MemberState member, Found finding) {
        take(finding);
    }

    private void take(Found finding) {
        number++;
        found.accept(finding);
    }

    long number() {
        return number;
    }
}
