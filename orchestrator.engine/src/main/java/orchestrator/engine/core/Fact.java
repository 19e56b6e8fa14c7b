package orchestrator.engine.core;

import java.time.Instant;
import java.util.Map;
import orchestrator.engine.graph.Payload;

/**
 * What an entry of a journal says. The simple name of each is the entry's type; its components are the body. A fact that
 * was ever released is never changed: a new version gets a new record and the old one stays readable.
 *
 * <p>{@code item} is the position of an item of a {@code forEach}, from 0, and {@link #NO_ITEM} elsewhere.
 */
public sealed interface Fact {
    /** In place of an item's position. */
    int NO_ITEM = -1;

    /** The version of the body's format. */
    default int version() {
        return 1;
    }

    /**
     * The run was accepted.
     *
     * @param concurrency how many attempts and items it may have in flight at once, or null for as many as there are
     */
    record RunCreated(
            String workflow,
            String workflowVersion,
            String definition,
            Payload input,
            Instant deadline,
            int priority,
            String startKey,
            Map<String, String> labels,
            Parent parent,
            Origin origin,
            Integer concurrency)
            implements Fact {

        /** A run that is no rerun of another, and has as much in flight as there is. */
        public RunCreated(
                String workflow,
                String workflowVersion,
                String definition,
                Payload input,
                Instant deadline,
                int priority,
                String startKey,
                Map<String, String> labels,
                Parent parent) {
            this(
                    workflow,
                    workflowVersion,
                    definition,
                    input,
                    deadline,
                    priority,
                    startKey,
                    labels,
                    parent,
                    null,
                    null);
        }

        /** A run that nobody's step started. */
        public RunCreated(
                String workflow,
                String workflowVersion,
                String definition,
                Payload input,
                Instant deadline,
                int priority,
                String startKey,
                Map<String, String> labels) {
            this(
                    workflow,
                    workflowVersion,
                    definition,
                    input,
                    deadline,
                    priority,
                    startKey,
                    labels,
                    null);
        }
    }

    /**
     * The attempt that a run is: of a step of another run.
     *
     * @param depth how many runs are above this one, at least 1
     */
    record Parent(String run, String step, int item, int attempt, int depth) {}

    /**
     * The run whose failed steps a run tries again.
     *
     * @param run its id
     * @param first the run that was started first, of all that followed each other so
     * @param inputs what is changed in the inputs of steps, by step
     */
    record Origin(String run, String first, Map<String, Payload> inputs) {}

    /** A rerun keeps the list of a {@code forEach}. */
    record FanOutKept(String step, Payload items) implements Fact {}

    /** A rerun keeps a result. Of a step that is no {@code forEach}, this completes the step. */
    record ResultKept(String step, int item, Payload output) implements Fact {}

    /** An attempt may start, not before the given time if there is one. */
    record AttemptScheduled(String step, int item, int attempt, Instant notBefore)
            implements Fact {}

    /** An attempt whose predecessor was lost is about to start. */
    record AttemptStarted(String step, int item, int attempt) implements Fact {}

    /** An attempt gave a result. Of a step that is no {@code forEach}, this completes the step. */
    record AttemptCompleted(String step, int item, int attempt, String taskVersion, Payload output)
            implements Fact {}

    /** An attempt of a step that repeats gave a result, and the step runs again or fails. */
    record IterationCompleted(String step, int attempt, String taskVersion, Payload output)
            implements Fact {}

    /**
     * An attempt failed.
     *
     * @param retryable whether another follows
     */
    record AttemptFailed(
            String step,
            int item,
            int attempt,
            String taskVersion,
            String code,
            String message,
            boolean retryable)
            implements Fact {}

    /** An attempt ended without result and without fault: its plugin left. */
    record AttemptHandedBack(String step, int item, int attempt, String why) implements Fact {}

    /** A step is about to begin, and must have ended by the given time. */
    record StepTimed(String step, Instant deadline) implements Fact {}

    /**
     * A step waits for something: {@code code} says for what kind of thing, {@code subject} for which; until the given
     * time if there is one.
     */
    record StepWaiting(String step, String code, String subject, Instant until) implements Fact {}

    /** What a step waited for is there. */
    record StepReady(String step) implements Fact {}

    /** A step that is a wait begins it: for a signal or a time, until the given time if there is one. */
    record WaitBegan(String step, String signal, Instant until) implements Fact {}

    /** The time has come that a step waits for, and completes it. */
    record WaitEnded(String step) implements Fact {}

    /**
     * The run was sent a signal, and keeps it until a step takes it.
     *
     * @param id of the message
     */
    record SignalReceived(String id, String name, Payload payload) implements Fact {}

    /** The oldest signal that the step waits for is its output, and completes it. */
    record SignalTaken(String step) implements Fact {}

    /**
     * A step will not run.
     *
     * @param why {@link #BY_CONDITION} or {@link #BY_JOIN}
     */
    record StepSkipped(String step, String why) implements Fact {
        /** Its condition is false. */
        public static final String BY_CONDITION = "condition";

        /** What it comes after was skipped, or too much of it. */
        public static final String BY_JOIN = "skipped";
    }

    /** The run is to be cancelled once its completed steps are undone; all other steps are given up. */
    record RunCancelling(String reason) implements Fact {}

    /** A {@code forEach} step knows its items. */
    record FanOutOpened(String step, Payload items) implements Fact {}

    /** An item failed for good, and its step goes on. */
    record ItemFailed(String step, int item, String code, String message) implements Fact {}

    /** Every item of a {@code forEach} step is done. */
    record FanOutCompleted(String step) implements Fact {}

    /**
     * A step failed for good.
     *
     * @param goesOn whether its run goes on all the same
     */
    record StepFailed(String step, String code, String message, boolean goesOn) implements Fact {}

    /**
     * The run is to fail, and something is to be done before: steps that have not ended are given up, but for those that
     * run whatever has happened.
     *
     * @param step the step that failed, or null
     */
    record RunFailing(String step, String code, String message) implements Fact {}

    /** An operator holds the run. */
    record RunPaused() implements Fact {}

    /** The pause ended; timers go on, later by its length. */
    record RunResumed(long shiftMillis) implements Fact {}

    /**
     * A node took the run over while it was running: attempts in progress were lost. With the epoch of the first owner, it
     * is the node that created the run, and was told so late.
     */
    record RunRecovered(String node, long epoch) implements Fact {
        /** The epoch of the node that creates a run. */
        public static final long FIRST_OWNER = 1;
    }

    /**
     * The run goes on with another definition of its workflow.
     *
     * @param input the run's input, with the defaults that the other definition gives
     */
    record RunMigrated(String workflowVersion, String definition, Payload input) implements Fact {}

    /** Values were kept with the run; {@code null} removes one. */
    record StateSaved(Map<String, Payload> values) implements Fact {}

    /** Somebody said how far the run has come. */
    record ProgressNoted(int percent, String message) implements Fact {}

    /** The run is held because going on seems to do harm; resuming it tries again. */
    record RunQuarantined(String code, String message) implements Fact {}

    /** Every step is done. The output is recorded unless it is that of a step. */
    record RunCompleted(Payload output) implements Fact {}

    /** The run failed. */
    record RunFailed(String code, String message) implements Fact {}

    /**
     * An operator's command changed nothing.
     *
     * @param id of the message, if the command has one
     */
    record CommandRefused(String command, String why, String id) implements Fact {}

    /** An operator ended the run. */
    record RunCancelled(String reason) implements Fact {}

    /** Whoever had to be told of the run's end has been told. */
    record RunClosed() implements Fact {}
}
