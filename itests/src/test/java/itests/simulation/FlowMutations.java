package itests.simulation;

import java.util.List;

/** The bugs that simulations must find in what workflows are made of, and in what operators ask of runs. */
final class FlowMutations {
    private static final String GRAPH = "orchestrator.engine.graph.";
    private static final String CORE = "orchestrator.engine.core.";
    private static final String ATTEMPT = "orchestrator.engine.attempt.";

    private static final int WITHIN = 3_000;

    static final List<Mutation> ALL =
            List.of(
                    new Mutation(
                            "a join is content with one less",
                            CORE + "Joins",
                            "if (step.done >= count) {",
                            "if (step.done + 1 >= count) {",
                            WITHIN),
                    new Mutation(
                            "a step after skipped ones begins",
                            CORE + "Joins",
                            "step.done > 0 || step.step.after().length == 0 ?",
                            "step.open == 0 ?",
                            WITHIN),
                    new Mutation(
                            "a skipped step counts as done",
                            CORE + "StepChanges",
                            "boolean done = status == StepStatus.COMPLETED || step.goneOn;",
                            "boolean done = status != StepStatus.FAILED || step.goneOn;",
                            WITHIN),
                    new Mutation(
                            "a condition is forgotten when others are before it",
                            CORE + "Skipping",
                            "if (rules.when() == null",
                            "if (rules.when() == null || step.step.after().length > 1",
                            WITHIN),
                    new Mutation(
                            "a repeated step runs once too often",
                            CORE + "Repeats",
                            "step.cell.iteration >= repeat.limit()",
                            "step.cell.iteration > repeat.limit()",
                            WITHIN),
                    new Mutation(
                            "failures of one iteration count in the next",
                            CORE + "StepChanges",
                            "cell.failures = 0;",
                            "",
                            WITHIN),
                    new Mutation(
                            "the first completed is undone first",
                            CORE + "RunState",
                            "undo.get(undo.size() - 1)",
                            "undo.get(0)",
                            WITHIN),
                    new Mutation(
                            "a step that failed is undone",
                            CORE + "StepChanges",
                            "} else if (status == StepStatus.COMPLETED",
                            "} else if ((status == StepStatus.COMPLETED || status == StepStatus.FAILED)",
                            WITHIN),
                    new Mutation(
                            "a gentle cancel undoes nothing",
                            CORE + "EndRules",
                            "if (!c.compensate()) {",
                            "if (c != null) {",
                            WITHIN),
                    new Mutation(
                            "what was not undone is not told",
                            CORE + "EndRules",
                            "if (run.notUndone.isEmpty()) {",
                            "if (run.ending != null) {",
                            WITHIN),
                    new Mutation(
                            "what runs at a failure is forgotten",
                            CORE + "EndRules",
                            "run.graph().onFailure() != null || !run.undo.isEmpty()",
                            "!run.undo.isEmpty()",
                            WITHIN),
                    new Mutation(
                            "a failing run gives up what always runs",
                            CORE + "Applier",
                            "(always && step.step.isAlways())",
                            "false",
                            WITHIN),
                    new Mutation(
                            "a rerun keeps a step with failed items",
                            CORE + "Rerun",
                            "(status == StepStatus.COMPLETED && step.itemsFailed == 0)",
                            "(status == StepStatus.COMPLETED)",
                            WITHIN),
                    new Mutation(
                            "a rerun keeps what comes after what it does again",
                            CORE + "Rerun",
                            "isSettled(step.status, step) && allSettled(step)",
                            "isSettled(step.status, step)",
                            WITHIN),
                    new Mutation(
                            "a rerun has idempotency keys of its own",
                            CORE + "Terms",
                            "created.origin() == null ? run : created.origin().first()",
                            "run",
                            WITHIN),
                    new Mutation(
                            "a migrated run goes on with its attempts",
                            CORE + "MigrationRules",
                            "migrating.restarted().forEach(this::handBack);",
                            "",
                            WITHIN),
                    new Mutation(
                            "what is undone keeps its place when places change",
                            CORE + "MigrationChanges",
                            "undo.add(to.step(before[place].step.name()).index());",
                            "undo.add(place);",
                            WITHIN),
                    new Mutation(
                            "what a run may have in flight is off by one",
                            CORE + "RunState",
                            "inFlight < terms.concurrency()",
                            "inFlight <= terms.concurrency()",
                            WITHIN),
                    new Mutation(
                            "one failed item less is borne",
                            GRAPH + "FailedItemsRule",
                            "failed <= items",
                            "failed < items",
                            WITHIN),
                    new Mutation(
                            "a sign of life does not count",
                            ATTEMPT + "AttemptTimers",
                            "Duration rest = Duration.between(clock.now(), alive.plus(interval));",
                            "Duration rest = Duration.ZERO;",
                            WITHIN),
                    new Mutation(
                            "who has queued for too long queues again",
                            ATTEMPT + "Attempt",
                            "Limits.QUEUE_TIMEOUT, text, false)",
                            "Limits.QUEUE_TIMEOUT, text, true)",
                            WITHIN),
                    new Mutation(
                            "a result is kept for every key",
                            ATTEMPT + "ResultCache",
                            "new String(json, StandardCharsets.UTF_8),",
                            "\"\",",
                            WITHIN));

    private FlowMutations() {}
}
