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

    /** The steps that this one comes after; see {@link #join(Join)} for what must have become of them. */
    StepBuilder after(String... steps);

    /** When the step begins if it comes after others; {@link Join#ALL} without a word. */
    StepBuilder join(Join join);

    /** As soon as so many of the steps are done that it comes after; when they cannot be any more, it is skipped. */
    StepBuilder join(int steps);

    /** The step is skipped unless this expression gives true at the moment when the step would begin. */
    StepBuilder when(String condition);

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

    /** As {@link FailedItems#CONTINUE}, but if more than so many items have failed the step fails. */
    StepBuilder failedItemsAtMost(int items);

    /** As {@link FailedItems#CONTINUE}, but if more than so many percent of all items have failed the step fails. */
    StepBuilder failedItemsAtMostPercent(double percent);

    /**
     * Runs the step again and again until the expression gives true; at most so often, else the step fails. The step's
     * own name is the output of the iteration before, null in the first; its output is that of the last one.
     */
    StepBuilder repeat(String until, int limit);

    /** As {@link #repeat(String, int)}, with a wait before each iteration but the first. */
    StepBuilder repeat(String until, int limit, Duration delay);

    /** The task that undoes the completed step if its run does not complete; see {@link #compensation()}. */
    StepBuilder compensate(String taskName);

    /**
     * What undoes the completed step if its run fails, or is cancelled with compensation: a task or workflow, its input,
     * retries and time-out. Steps are undone one at a time, the last completed first. Without an input of its own it gets
     * the step's {@code input} (but for a {@code forEach}) and {@code output}.
     */
    StepBuilder compensation();

    /** What it means for the run that the step fails; {@link OnFailure#FAIL} without a word. */
    StepBuilder onFailure(OnFailure policy);
}
