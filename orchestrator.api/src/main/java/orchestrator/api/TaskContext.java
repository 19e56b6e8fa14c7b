package orchestrator.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What one attempt of a task may know of its run. Thread safe; valid until the attempt has ended.
 */
@ProviderType
public interface TaskContext {

    /** The id of the run. */
    String runId();

    /** The name of the step. */
    String step();

    /** The number of this attempt, counted from 1. */
    int attempt();

    /**
     * The same text for every attempt at this step (and item) of the run and of its reruns, and for nothing else:
     * {@code origin/step/iteration/item}. Hand it to the target of a side effect, so that it can drop repetitions.
     */
    String idempotencyKey();

    /**
     * The step's input, its expressions evaluated.
     *
     * @return an unmodifiable map of null, Boolean, String, Long, Double, BigDecimal, List and Map values
     * @throws IllegalArgumentException if an expression of the step's input cannot be evaluated
     */
    Map<String, Object> input();

    /**
     * The step's whole input bound to a type, for example a record.
     *
     * @throws IllegalArgumentException if the input does not fit the type; the message names the key
     */
    <T> T input(Class<T> type);

    /**
     * One value of the step's input.
     *
     * @return the value, or null if the input has no such key
     * @throws IllegalArgumentException if the value does not fit the type
     */
    <T> T input(String key, Class<T> type);

    /**
     * The recorded output of another step of the same run.
     *
     * @param step the step's name
     * @return empty if that step has no output yet, or was skipped
     * @throws IllegalArgumentException if the output does not fit the type
     */
    <T> Optional<T> output(String step, Class<T> type);

    /** When this attempt will be timed out, if it has a timeout. */
    Optional<Instant> deadline();

    /** Whether this attempt should end: the run was cancelled, the attempt timed out, or the plugin is leaving. */
    boolean isCancelled();

    /**
     * Calls the given action once when this attempt should end, or at once if it should already. Actions run on a
     * thread of the platform, must be short and must not throw.
     */
    void onCancel(Runnable action);

    /**
     * Reports how far the attempt has come, and that it is alive: a step may ask for a sign of life in intervals. Shown in
     * status and console, at most once a second; kept in memory only.
     *
     * @param fraction from 0 to 1; values outside are brought to the nearer end
     * @param message one line for people, or null
     */
    void progress(double fraction, String message);

    /** A logger whose lines are kept with the run ({@code run:logs}), 1,000 a run by default. */
    System.Logger log();
}
