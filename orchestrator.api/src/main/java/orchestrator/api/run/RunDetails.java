package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Everything about one run, as of one durable moment. Immutable. */
@ProviderType
public interface RunDetails extends RunInfo {
    /** Its steps, each after those that it comes after. */
    List<StepInfo> steps();

    /** What was said of its progress last, for people; see {@link StateManager#updateWorkflowProgress}. */
    Optional<String> message();

    /**
     * What its tasks do on this node that they should not, one sentence each: bodies that ignore their interrupt, each with its
     * attempt, for how long, and the thread that it holds; also after the run's end.
     */
    List<String> complaints();

    /** What it was started with. */
    Map<String, Object> input();

    /**
     * What the completed run gives.
     *
     * @return empty if it has not completed, or gives nothing
     */
    Optional<Object> output();

    /**
     * The recorded output of a step.
     *
     * @return empty if the step has no output; a list for a {@code forEach}
     * @throws IllegalArgumentException if the workflow has no such step
     */
    Optional<Object> output(String step);
}
