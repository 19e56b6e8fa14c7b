package orchestrator.api.run;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Where one step of a run stands. Immutable. */
@ProviderType
public interface StepInfo {
    /** The step's name. */
    String name();

    /** The task that it runs; for a sub-workflow {@code workflow:} and its name; {@code wait}, {@code signal:} and a name. */
    String task();

    /** Where it stands. */
    StepStatus status();

    /** Why it does not go on right now, if it does not. */
    Optional<Reason> reason();

    /** The number of its newest attempt, 0 before the first; for a {@code forEach} the attempts of all items. */
    int attempts();

    /** For a {@code forEach}: how many items there are. */
    Optional<Integer> items();

    /** For a {@code forEach}: how many items completed. */
    int itemsCompleted();

    /** For a {@code forEach}: how many items failed. */
    int itemsFailed();

    /** When its first attempt was scheduled. */
    Optional<Instant> started();

    /** When it ended. */
    Optional<Instant> ended();

    /** What the newest failed attempt said. */
    Optional<String> error();

    /** What the attempt in progress on this node says of itself, for people. */
    Optional<String> message();
}
