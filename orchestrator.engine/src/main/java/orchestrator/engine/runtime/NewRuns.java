package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Decider;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.core.FactEntry;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Timeouts;
import orchestrator.engine.time.NodeClock;

/** Makes runs that are to be created: their first entries, and what is listed of them. */
final class NewRuns {
    private final NodeClock clock;
    private final Supplier<EngineLimits> limits;
    private final FactCodec codec;
    private final DoubleSupplier random;

    NewRuns(
            NodeClock clock,
            Supplier<EngineLimits> limits,
            FactCodec codec,
            DoubleSupplier random) {
        this.clock = clock;
        this.limits = limits;
        this.codec = codec;
        this.random = random;
    }

    /**
     * A new run, decided into its empty state.
     *
     * @param owned whether it begins here at once, or waits for a node with room
     */
    NewRun make(StartRequest request, RunState state, boolean owned) {
        Instant now = clock.now();
        Decider decider = new Decider(state, now, limits.get().retry(), random);
        decider.create(created(state.graph(), request, now));
        request.kept().forEach(decider::keep);
        if (owned) {
            decider.decide(new Command.Begin());
        }
        List<Entry> entries = new ArrayList<>();
        for (Fact fact : decider.facts()) {
            entries.add(new FactEntry(entries.size() + 1L, now, fact, codec));
        }
        return new NewRun(
                Summaries.of(request.id(), state, now),
                entries,
                request.startKey(),
                request.inputHash(),
                owned);
    }

    private static Fact.RunCreated created(Graph graph, StartRequest request, Instant now) {
        return new Fact.RunCreated(
                graph.name(),
                graph.version(),
                graph.document().hash(),
                request.input(),
                request.timeout() == null ? null : now.plus(Timeouts.bounded(request.timeout())),
                request.priority(),
                request.startKey(),
                request.labels(),
                request.parent(),
                request.origin(),
                request.concurrency());
    }
}
