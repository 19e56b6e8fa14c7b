package orchestrator.api.run;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Steers what this node spends. What is set lasts until the engine stops. Thread safe. */
@ProviderType
public interface ResourceControl {

    /**
     * Keeps the results of a task on this node, as if each of its steps said so with {@code cache}: an attempt with an
     * equal input gives the same result and does not call the task. Steps that say something themselves are not changed.
     *
     * @param timeToLive for how long a result is kept; zero for not at all
     */
    void enableTaskCaching(String taskName, Duration timeToLive);
}
