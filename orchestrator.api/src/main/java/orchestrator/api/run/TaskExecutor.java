package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Runs single tasks durably, and lists what plugins offer. Thread safe. */
@ProviderType
public interface TaskExecutor {

    /**
     * Starts a run of one step, named {@code task}, of the workflow {@code task:<name>}.
     *
     * @throws RefusedException {@code unknown-task} if no plugin offers the task now, {@code input}, {@code store},
     *     {@code stopping}
     */
    RunHandle executeTask(String taskName, Map<String, ?> input, StartOptions options);

    /** The tasks that plugins offer now, by name and version, newest first. */
    List<TaskInfo> tasks();
}
