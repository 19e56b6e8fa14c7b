package orchestrator.api.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.definition.InvalidWorkflowException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Registers workflows, starts runs and steers them. The service is there once recovery has begun and starts are
 * accepted. Calls block until what they did is durable. Thread safe.
 */
@ProviderType
public interface WorkflowManager {

    /**
     * A builder for a new workflow, to be handed to {@link #register}.
     *
     * @param type {@code sequential} (steps follow each other in order of addition, unless dependencies are set), {@code
     *     parallel} (steps start together, unless dependencies are set), or {@code batch} (as sequential, and each step
     *     runs once for each item: the first over the list {@code items} of the run's input, the next over the outputs of
     *     the one before; its task finds it as {@code item})
     * @throws IllegalArgumentException for another type
     */
    WorkflowBuilder createWorkflow(String name, String type);

    /** A builder for a workflow whose steps start together, unless dependencies are set. */
    default WorkflowBuilder createParallelWorkflow(String name) {
        return createWorkflow(name, "parallel");
    }

    /**
     * A builder for a workflow with named conditions. Each is a step, run once as an attempt; what it gives is kept, and a
     * takeover does not ask it again. Steps start together, unless dependencies are set; one whose {@code when} names
     * conditions, as in {@code when("large && !urgent")}, comes after these.
     *
     * @param conditions gives {@code true} or {@code false}, by name; finds the run's input as {@code input}
     */
    WorkflowBuilder createConditionalWorkflow(String name, Map<String, Task> conditions);

    /**
     * A builder for a workflow whose steps follow each other, unless dependencies are set, once all signals have come. The
     * step that waits for a signal is named like it, in small letters, with {@code _} for all but letters and digits; its
     * output is what came with the signal.
     *
     * @throws IllegalArgumentException without a signal, or if the steps of two would have the same name
     */
    WorkflowBuilder createEventWorkflow(String name, String... signals);

    /**
     * Registers a workflow for the calling bundle, until that bundle stops. Registering an equal document again changes
     * nothing.
     *
     * @throws InvalidWorkflowException if the document is wrong
     * @throws RefusedException ({@code store}) if the store is away
     */
    WorkflowInfo register(WorkflowBuilder builder);

    /** The workflows registered now, broken ones too, by name and version. */
    List<WorkflowInfo> workflows();

    /**
     * Starts a run of the newest version of a workflow.
     *
     * @param input a tree of null, Boolean, String, Number, List and Map, at most 2 MiB as JSON
     * @throws RefusedException {@code unknown-workflow}, {@code broken-workflow}, {@code input}, {@code start-key},
     *     {@code store}, {@code stopping}
     */
    RunHandle executeWorkflow(String name, Map<String, ?> input, StartOptions options);

    /**
     * Starts a run that has at most so many attempts and items in flight at once, over all its steps.
     *
     * @param maxConcurrency 1 to 100,000
     * @param timeout the longest time that it may take; null for what the workflow says
     * @throws RefusedException as {@link #executeWorkflow}
     */
    default RunHandle executeParallelWorkflow(
            String name,
            Map<String, ?> input,
            StartOptions options,
            int maxConcurrency,
            Duration timeout) {
        StartOptions limited = options.maxConcurrency(maxConcurrency);
        return executeWorkflow(name, input, timeout == null ? limited : limited.timeout(timeout));
    }

    /** Everything about a run; empty if there is no such run. */
    Optional<RunDetails> getWorkflowStatus(String runId);

    /** Holds a run: attempts in progress end, nothing new begins, timers stand still. */
    CommandResult pauseWorkflow(String runId);

    /** Ends a pause, or lets a quarantined run try again. */
    CommandResult resumeWorkflow(String runId);

    /**
     * Ends a run: attempts in progress are asked to stop and interrupted.
     *
     * @param reason for people; may be empty
     */
    CommandResult cancelWorkflow(String runId, String reason);

    /**
     * As {@link #cancelWorkflow(String, String)}.
     *
     * @param compensate whether completed steps are undone first; the run goes on as long as that takes
     */
    CommandResult cancelWorkflow(String runId, String reason, boolean compensate);

    /**
     * Sends a signal to a run, wherever it is. One that comes before the step that waits for it is kept; one that no step
     * waits for any more, or ever will, is refused.
     *
     * @param name as a step of the run's workflow waits for it
     * @param payload the output of that step: a tree of null, Boolean, String, Number, List and Map, at most 2 MiB as JSON
     * @throws RefusedException {@code input}, {@code store}
     */
    CommandResult signal(String runId, String name, Object payload);

    /**
     * As {@link #signal(String, String, Object)}, for senders that may send the same signal twice.
     *
     * @param messageId 1 to 100 characters that tell this signal from every other to the run; a signal with an id that
     *     the run has had before changes nothing
     */
    CommandResult signal(String runId, String name, Object payload, String messageId);

    /**
     * Starts a run that goes on where another one failed or was cancelled: finished results are kept, the rest is tried
     * again, also items of a {@code forEach} that failed. The new run has the definition of the other one, names it as its
     * {@link RunInfo#origin}, and its tasks see the same idempotency keys. A run has one such run: asked again for the same, it
     * is the same one, which may be retried in its turn.
     *
     * @throws RefusedException {@code unknown-run}, {@code not-failed} (nothing of it has failed, or it goes on),
     *     {@code input}, {@code start-key} (it was retried before with other changes), {@code damaged}, {@code store},
     *     {@code stopping}
     */
    RunHandle retryFailedTasks(String runId, RetryOptions options);

    /**
     * Lets a run that goes on go on with another definition of its workflow. Steps that have not finished may differ; those
     * that have must be the same. Attempts at steps that differ are handed back, and are made again as the other definition
     * says. That a run cannot be migrated is a value: {@link Migration#refusals}.
     *
     * @throws RefusedException {@code unknown-run}, {@code unknown-workflow} (no such version is registered),
     *     {@code damaged}, {@code store}
     */
    Migration migrateWorkflow(String runId, MigrateOptions options);
}
