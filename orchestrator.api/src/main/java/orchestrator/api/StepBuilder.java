package orchestrator.api;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Writes one step of a workflow. Not thread safe. */
@ProviderType
public interface StepBuilder {

    /** The task that the step runs. */
    StepBuilder task(String taskName);

    /**
     * The workflow that the step runs in place of a task: each attempt is a run of its own, of the newest version. The
     * step's input is the run's input, its time-out the run's, and without {@link #retry} it is tried once.
     */
    StepBuilder workflow(String workflowName);

    /**
     * The step waits, in place of a task, for a time, from when it begins. A run that waits leaves memory, and pauses
     * do not count.
     */
    StepBuilder wait(Duration time);

    /**
     * The step waits, in place of a task.
     *
     * @param until a duration, an instant (ISO 8601), or a text with expressions in <code>${…}</code> that gives one
     */
    StepBuilder wait(String until);

    /** The step waits, in place of a task, until the run is sent a signal; its output is the signal's payload. */
    StepBuilder waitFor(String signal);

    /** As {@link #waitFor(String)}; when the time is up, the step fails with the code {@code timeout}. */
    StepBuilder waitFor(String signal, Duration timeout);

    /** The steps that must have completed before. */
    StepBuilder after(String... steps);

    /**
     * One value of the step's input.
     *
     * @param value a constant or a tree of them; texts may hold expressions in <code>${…}</code>, and a text that is one
     *     expression keeps the type of its value
     */
    StepBuilder input(String key, Object value);

    /**
     * How often the step is tried in all, at least 1, and how long it waits before the second attempt.
     */
    StepBuilder retry(int attempts, Duration delay);

    /**
     * How the wait grows from attempt to attempt.
     *
     * @param factor at least 1
     * @param maxDelay the longest wait
     */
    StepBuilder backoff(double factor, Duration maxDelay);

    /**
     * How much of each wait between attempts is left to chance.
     *
     * @param part from 0 to 1
     */
    StepBuilder jitter(double part);

    /** No attempt begins later than that after the first was scheduled; pauses do not count. */
    StepBuilder retryWithin(Duration time);

    /**
     * Failures after which the step is not tried again.
     *
     * @param failures codes of failures, or simple or full names of exception classes, which stand for their subclasses too
     */
    StepBuilder noRetryOn(String... failures);

    /** The longest time that one attempt may take. */
    StepBuilder timeout(Duration timeout);

    /** The longest time that the step may take with all its attempts and items; pauses do not count. */
    StepBuilder stepTimeout(Duration timeout);

    /** The longest time that an attempt may wait for its task to be there, and then for a slot; not tried again. */
    StepBuilder queueTimeout(Duration timeout);

    /** The longest time between two calls of {@link TaskContext#progress}; beyond it the attempt fails. */
    StepBuilder heartbeat(Duration interval);

    /**
     * Keeps results on each node for a time: an attempt whose key is equal gives the same result and does not call the
     * task.
     *
     * @param key an expression, or null for the whole input
     */
    StepBuilder cache(String key, Duration timeToLive);

    /** Runs the step once for each element of the list that the expression gives; {@code item} is the element. */
    StepBuilder forEach(String expression);

    /** How many items may be in flight at once, at least 1. */
    StepBuilder concurrency(int items);

    /** What a failed item means for the run. */
    StepBuilder failedItems(FailedItems policy);
}
