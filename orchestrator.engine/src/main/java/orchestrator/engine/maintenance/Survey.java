package orchestrator.engine.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import orchestrator.api.state.Flaw;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.RunCursor;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.SummaryPage;
import orchestrator.engine.runtime.Engine;

/** One pass over everything that is stored: all runs by pages, then what belongs to none, then the members. */
final class Survey {
    private static final int PAGE = 200;

    /** A member whose lease expired longer ago should have been taken over. */
    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    private final Engine engine;
    private final Visitor visitor;
    private final LongConsumer progress;
    private long runs;

    /** Takes what is wrong, in the order in which it is found. */
    interface Visitor {
        /** A run, and what is wrong with it: at least one thing. */
        void run(String run, List<Found> findings);

        /** Things of runs that do not exist. */
        void strays(List<Flaw> strays);

        /** A member that is none any more. */
        void member(MemberState member, Found finding);
    }

    Survey(Engine engine, Visitor visitor, LongConsumer progress) {
        this.engine = engine;
        this.visitor = visitor;
        this.progress = progress;
    }

    /** Looks at everything; tells how many runs there were. */
    long make() {
        runs();
        Optional<StateInspection> inspection = RunCheck.inspection(engine.store().backend());
        inspection.ifPresent(this::strays);
        inspection.ifPresent(this::members);
        return runs;
    }

    private void runs() {
        RunCheck check = new RunCheck(engine);
        Optional<RunCursor> after = Optional.empty();
        do {
            StateBackend backend = engine.store().backend();
            SummaryPage page = backend.find(query(after.orElse(null)));
            List<String> ids = page.runs().stream().map(RunSummary::id).toList();
            Map<String, List<Flaw>> flaws =
                    check.flaws(ids).stream().collect(Collectors.groupingBy(Flaw::run));
            for (RunSummary summary : page.runs()) {
                List<Found> findings =
                        check.look(summary, flaws.getOrDefault(summary.id(), List.of()));
                if (!findings.isEmpty()) {
                    visitor.run(summary.id(), findings);
                }
                runs++;
            }
            progress.accept(runs);
            after = page.next();
        } while (after.isPresent());
    }

    private static RunQuery query(RunCursor after) {
        return new RunQuery(null, null, Set.of(), null, null, Map.of(), after, PAGE);
    }

    private void strays(StateInspection inspection) {
        String after = "";
        List<Flaw> page;
        do {
            page = new ArrayList<>(inspection.strays(after, PAGE));
            page.sort(Comparator.comparing(Flaw::run));
            if (!page.isEmpty()) {
                after = page.get(page.size() - 1).run();
                visitor.strays(page);
            }
        } while (page.size() >= PAGE);
    }

    private void members(StateInspection inspection) {
        for (MemberState member : inspection.members()) {
            Instant now = member.lease().storeTime();
            Duration expired = Duration.between(member.until(), now);
            if (expired.compareTo(LONG_AGO) > 0) {
                String message =
                        "Expected the runs of node '%s' to be taken over when its lease ended, but it ended %s ago and still counts (%d runs)"
                                .formatted(
                                        member.lease().node(),
                                        Duration.ofSeconds(expired.toSeconds()),
                                        member.runs());
                visitor.member(member, new Found(Found.Kind.LEASE, Optional.empty(), message));
            }
        }
    }
}
