package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * Starts a run in which several tasks run side by side, as far as the node has slots: of a workflow of its own with the
     * steps {@code task_1}, {@code task_2} and so on, in their order. It gives their outputs by step; if one of them fails for
     * good, so does the run.
     *
     * @param tasks 1 to 1,000
     * @throws RefusedException as {@link #executeTask}
     */
    RunHandle executeParallel(List<TaskRequest> tasks, StartOptions options);

    /**
     * Tries again what has failed of a run that this service started: see {@link WorkflowManager#retryFailedTasks}.
     *
     * @param taskId the id of its run
     * @throws RefusedException as there; {@code unknown-run} also for a run of a workflow
     */
    RunHandle retryTask(String taskId, RetryOptions options);

    /**
     * Where a run stands that this service started.
     *
     * @param taskId the id of its run
     * @return empty if there is no such run, or it is a run of a workflow
     */
    Optional<RunDetails> getTaskStatus(String taskId);

    /** The tasks that plugins offer now, by name and version, newest first. */
    List<TaskInfo> tasks();
}
