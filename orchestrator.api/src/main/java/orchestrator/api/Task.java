package orchestrator.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The code that does a piece of work, contributed by a plugin as an OSGi service with a {@link TaskName}.
 *
 * <p>A body runs <em>at least once</em> for each step of a run: after a crash it may run again, with the same
 * {@linkplain TaskContext#idempotencyKey() idempotency key}, so that its target can recognise the repetition.
 *
 * <p>A singleton service is called by many threads at once and must be thread safe; a prototype-scoped service gets
 * an object of its own for each attempt.
 */
@ConsumerType
@FunctionalInterface
public interface Task {

    /**
     * Does the work.
     *
     * @param context what the task may know of its run; valid until this method returns, or until the returned stage
     *     completes
     * @return the step's output: null, a Boolean, String, Number, Collection, array or Map, a record or another object
     *     that can be written as JSON; or a {@link java.util.concurrent.CompletionStage} of one of these. At most
     *     2 MiB as JSON
     * @throws Exception any failure; the attempt has failed and the step's retry policy decides what follows. A
     *     {@link TaskFailure} says whether another attempt makes sense. When the thread is interrupted (time-out,
     *     cancel, plugin leaving) the task should clean up and throw {@link InterruptedException}
     */
    Object execute(TaskContext context) throws Exception;
}
