package orchestrator.engine.core;

import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Payload;

/** What a run is told. It is decided upon once, and may be refused. */
public sealed interface Command {

    /** The run was created: begin. */
    record Begin() implements Command {}

    /** The run was taken from a node that did not release it. */
    record Recover(String node, long epoch) implements Command {}

    /** The run was claimed too often without getting on. */
    record Quarantine(String code, String message) implements Command {}

    /** An attempt whose predecessor was lost has a slot and wants to start. */
    record StartAttempt(String step, int item, int attempt) implements Command {}

    /** An attempt gave a result. */
    record CompleteAttempt(String step, int item, int attempt, String taskVersion, Payload output)
            implements Command {}

    /** An attempt failed. */
    record FailAttempt(
            String step,
            int item,
            int attempt,
            String taskVersion,
            String code,
            String message,
            boolean retryable)
            implements Command {}

    /** An attempt's plugin left before its end. */
    record HandBackAttempt(String step, int item, int attempt, String why) implements Command {}

    /** No plugin offers the step's task, or nobody the workflow that it runs. */
    record MissTask(String step) implements Command {}

    /** A plugin offers the task now. */
    record OfferTask(String task) implements Command {}

    /** A workflow can be run now. */
    record OfferWorkflow(String workflow) implements Command {}

    /**
     * The run of a step's attempt has ended.
     *
     * @param run its id
     * @param version the version and definition of its workflow
     * @param output what it gave if it completed
     * @param code why it did not complete, or null
     */
    record EndChild(
            String step,
            int item,
            int attempt,
            String run,
            RunStatus status,
            String version,
            Payload output,
            String code,
            String message)
            implements Command {}

    /** Whoever had to be told of the run's end has been told. */
    record Close() implements Command {}

    /** A time has come that the run waits for, or by which something had to be done. */
    record ReachTime() implements Command {}

    /**
     * A signal from outside.
     *
     * @param id of the message
     */
    record Signal(String id, String name, Payload payload) implements Command {}

    /** A message that this release cannot read: it is refused, and stands in nobody's way. */
    record Unreadable(String why) implements Command {}

    /** The run has come to a limit: it fails. */
    record Fail(String code, String message) implements Command {}

    /** Hold. */
    record Pause() implements Command {}

    /** Go on. */
    record Resume() implements Command {}

    /**
     * Go on with another definition.
     *
     * @param definition its hash
     * @param graph it; null as long as it was not looked up
     */
    record Migrate(String definition, Graph graph) implements Command {}

    /** Keep values. */
    record SaveState(Map<String, Payload> values) implements Command {}

    /** This is how far it has come. */
    record NoteProgress(int percent, String message) implements Command {}

    /**
     * End.
     *
     * @param compensate whether completed steps are undone first
     */
    record Cancel(String reason, boolean compensate) implements Command {
        /** End at once. */
        public Cancel(String reason) {
            this(reason, false);
        }
    }
}
