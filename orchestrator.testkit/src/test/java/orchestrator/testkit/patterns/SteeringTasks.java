package orchestrator.testkit.patterns;

import java.util.Map;
import java.util.stream.Stream;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.WorkflowManager;

/** Tasks that steer runs with the services of the engine: what the compositions of {@code docs/patterns.md} need. */
final class SteeringTasks {
    private final WorkflowManager workflows;
    private final StateManager states;

    SteeringTasks(WorkflowManager workflows, StateManager states) {
        this.workflows = workflows;
        this.states = states;
    }

    /** {@code cancel_children}: cancels the runs that the run has started and that have not ended. */
    Object cancelChildren(TaskContext context) {
        for (RunInfo child : states.find(children(context.runId())).items()) {
            if (!child.status().isFinal()) {
                workflows.cancelWorkflow(child.id(), "not needed any more");
            }
        }
        return null;
    }

    private static RunFilter children(String run) {
        return RunFilter.all().childrenOf(run).limit(1000);
    }

    /** {@code signal_self}: sends the run itself a signal; another try of the same step sends no second one. */
    Object signalSelf(TaskContext context) {
        String name = context.input("signal", String.class);
        return sent(workflows.signal(context.runId(), name, null, context.idempotencyKey()));
    }

    /** {@code signal_parent}: sends a signal to the run that has started this one. */
    Object signalParent(TaskContext context) {
        String name = context.input("signal", String.class);
        RunInfo self = workflows.getWorkflowStatus(context.runId()).orElseThrow();
        String parent = self.parent().orElseThrow();
        return sent(workflows.signal(parent, name, null, context.runId() + name));
    }

    /** A signal that nobody waits for any more is refused: here that is no failure. */
    private static Object sent(CommandResult result) {
        return result.accepted();
    }

    /** {@code start_part}: starts a run that belongs to this one by its label. */
    Object startPart(TaskContext context) {
        StartOptions options =
                StartOptions.none()
                        .startKey(context.idempotencyKey())
                        .label("part_of", context.runId());
        Map<String, Object> input = Map.of("name", context.input("name", String.class));
        return workflows
                .executeWorkflow(context.input("workflow", String.class), input, options)
                .id();
    }

    /** {@code count_parts}: of the runs that belong to this one by their label, see {@link #count}. */
    Object countParts(TaskContext context) {
        String workflow = context.input("workflow", String.class);
        return count(
                states.find(RunFilter.all().workflow(workflow).limit(1000)).items().stream()
                        .filter(run -> context.runId().equals(run.labels().get("part_of"))));
    }

    /** {@code count_children}: of the runs that this one has started, see {@link #count}. */
    Object countChildren(TaskContext context) {
        return count(states.find(children(context.runId())).items().stream());
    }

    /** How many have not ended, how many have completed, and how many have ended otherwise. */
    private static Map<String, Integer> count(Stream<RunInfo> runs) {
        int open = 0;
        int done = 0;
        int lost = 0;
        for (RunInfo run : runs.toList()) {
            switch (run.status()) {
                case COMPLETED -> done++;
                case FAILED, CANCELLED -> lost++;
                default -> open++;
            }
        }
        return Map.of("open", open, "done", done, "lost", lost);
    }

    /** {@code finish}: fails for good, with a code of its own, so that nothing else of its run goes on. */
    static Task finish() {
        return context -> {
            throw TaskFailure.permanent("finished", "step '" + context.step() + "' ends the run");
        };
    }
}
