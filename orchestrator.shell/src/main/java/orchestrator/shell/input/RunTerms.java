package orchestrator.shell.input;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.StateManager;

/**
 * What a run was started with beside its input, as the first entry of its journal says.
 *
 * @param priority empty if it is 0, as of all runs of which nothing is said
 * @param timeout the longest time that it may take
 * @param concurrency how many attempts and items it may have in flight at once
 */
public record RunTerms(
        Optional<Long> priority, Optional<Duration> timeout, Optional<Long> concurrency) {

    /** Nothing is said. */
    public static final RunTerms NONE =
            new RunTerms(Optional.empty(), Optional.empty(), Optional.empty());

    /** Those of the run; none if its journal cannot be read, which must not hide what else is known of it. */
    public static RunTerms of(String run, StateManager states) {
        try {
            List<HistoryEntry> first = states.getWorkflowHistory(run, 1, 1);
            return first.isEmpty() ? NONE : of(first.get(0));
        } catch (RuntimeException e) {
            return NONE;
        }
    }

    private static RunTerms of(HistoryEntry created) {
        Map<String, Object> body = created.body();
        return new RunTerms(
                number(body, "priority").filter(priority -> priority != 0),
                Optional.ofNullable(body.get("deadline"))
                        .map(
                                deadline ->
                                        Duration.between(
                                                created.at(), Instant.parse(deadline.toString()))),
                number(body, "concurrency"));
    }

    private static Optional<Long> number(Map<String, Object> body, String key) {
        return body.get(key) instanceof Number number
                ? Optional.of(number.longValue())
                : Optional.empty();
    }
}
