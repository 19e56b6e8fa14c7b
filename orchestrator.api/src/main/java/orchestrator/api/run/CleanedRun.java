package orchestrator.api.run;

import org.osgi.annotation.versioning.ProviderType;

/** A run that a cleanup is about. Immutable. */
@ProviderType
public interface CleanedRun {
    /** The run's id. */
    String runId();

    /** What is or would be done: {@code delete}, {@code cancel}, {@code report}; may grow. */
    String action();

    /** Whether it was done; false in a dry run, and if it was refused. */
    boolean isDone();

    /** Why, or why not, for people. */
    String message();
}
