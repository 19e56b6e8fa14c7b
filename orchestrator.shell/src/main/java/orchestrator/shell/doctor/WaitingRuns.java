package orchestrator.shell.doctor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import orchestrator.api.run.Page;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StateManager;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Times;

/** The runs that wait for the same. Mutable, of one thread. */
final class WaitingRuns {
    private static final int PAGE = 1000;
    private static final int PAGES = 10;

    private final RunInfo newest;
    private final Reason reason;
    private Instant since;
    private int number;
    private boolean atLeast;

    private WaitingRuns(RunInfo newest, Reason reason) {
        this.newest = newest;
        this.reason = reason;
    }

    /**
     * The newest 10,000 runs that wait, by what they wait for.
     *
     * @param key of a reason; empty for runs that are of no interest
     */
    static Map<String, WaitingRuns> by(
            StateManager states, Function<Reason, Optional<String>> key) {
        Map<String, WaitingRuns> groups = new TreeMap<>();
        RunFilter filter = RunFilter.all().status(RunStatus.WAITING).limit(PAGE);
        Optional<String> next = Optional.empty();
        for (int i = 0; i == 0 || (i < PAGES && next.isPresent()); i++) {
            Page<RunInfo> page = states.find(next.map(filter::after).orElse(filter));
            for (RunInfo run : page.items()) {
                run.reason()
                        .flatMap(key)
                        .ifPresent(
                                group ->
                                        groups.computeIfAbsent(
                                                        group,
                                                        k ->
                                                                new WaitingRuns(
                                                                        run,
                                                                        run.reason().orElseThrow()))
                                                .add(run.reason().orElseThrow()));
            }
            next = page.next();
        }
        boolean more = next.isPresent();
        groups.values().forEach(group -> group.atLeast = more);
        return groups;
    }

    private void add(Reason other) {
        number++;
        if (since == null || (other.since() != null && other.since().isBefore(since))) {
            since = other.since();
        }
    }

    /** {@code 12 runs wait for it, the first since 2h ago (2026-11-23 02:00:02 UTC)}. */
    String text(Times times, String one, String many) {
        return "%s%s %s%s"
                .formatted(
                        atLeast ? "at least " : "",
                        Screen.count(number, "run"),
                        number == 1 ? one : many,
                        since == null
                                ? ""
                                : ", the first since %s (%s)"
                                        .formatted(times.ago(since), Times.exact(since)));
    }

    /** The id of the newest of them. */
    String newest() {
        return newest.id();
    }

    /** Why that one waits. */
    Reason reason() {
        return reason;
    }
}
