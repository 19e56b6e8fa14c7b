package orchestrator.engine.attempt;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import orchestrator.api.definition.DurationText;

/**
 * A body that goes on although its attempt is over and it was interrupted. Immutable.
 *
 * @param attempt the attempt
 * @param task what it runs, and the bundle that offers it
 * @param thread the name of the thread that it holds
 * @param since when it was interrupted
 */
public record Lingering(AttemptSpec attempt, String task, String thread, Instant since) {

    /** The step that it is an attempt at. */
    public String step() {
        return attempt.step().name();
    }

    /** A sentence for people. */
    public String text(Instant now) {
        Duration gone = Duration.between(since, now).truncatedTo(ChronoUnit.SECONDS);
        return "Attempt %d of step '%s'%s is over, but its body, of task %s, has ignored its interrupt for %s and still holds thread '%s'"
                .formatted(
                        attempt.number(),
                        step(),
                        attempt.cell().item() < 0
                                ? ""
                                : ", item %,d,".formatted(attempt.cell().item()),
                        task,
                        DurationText.format(gone.isNegative() ? Duration.ZERO : gone),
                        thread);
    }
}
