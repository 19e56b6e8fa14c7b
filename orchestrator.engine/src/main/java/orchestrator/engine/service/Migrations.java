package orchestrator.engine.service;

import java.util.List;
import java.util.function.BiFunction;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.MigrateOptions;
import orchestrator.api.run.Migration;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.StepChange;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Migrating;
import orchestrator.engine.core.RunState;
import orchestrator.engine.graph.Graph;

/** Brings runs to other definitions of their workflows. */
final class Migrations {
    private final Services services;
    private final StoredRuns runs;
    private final BiFunction<String, Command, CommandResult> commands;

    private record Result(
            String runId,
            String from,
            String to,
            List<StepChange> changes,
            List<String> differences,
            List<String> refusals,
            boolean isDone)
            implements Migration {}

    /**
     * @param commands sends a command to a run
     */
    Migrations(Services services, BiFunction<String, Command, CommandResult> commands) {
        this.services = services;
        this.runs = new StoredRuns(services.engine());
        this.commands = commands;
    }

    Migration migrate(String run, MigrateOptions options) {
        RunState state = runs.state(run);
        Graph from = state.graph();
        Graph to = definition(from.name(), options);
        Migrating migrating = new Migrating(state, to);
        List<String> refusals = migrating.refusals();
        boolean done = false;
        if (refusals.isEmpty() && !options.isDryRun()) {
            CommandResult result = send(run, to);
            done = result.accepted();
            refusals = done ? List.of() : List.of(result.message());
        }
        return new Result(
                run,
                from.version(),
                to.version(),
                migrating.changes(),
                migrating.differences(),
                refusals,
                done);
    }

    /** The run decides once more: it may have gone on meanwhile. */
    private CommandResult send(String run, Graph to) {
        String hash = to.document().hash();
        StateManagerService.asking(
                () -> {
                    services.engine().putDefinition(to);
                    return hash;
                });
        return commands.apply(run, new Command.Migrate(hash, null));
    }

    private Graph definition(String workflow, MigrateOptions options) {
        List<RegisteredWorkflow> known =
                services.catalog().all().stream()
                        .filter(w -> w.name().equals(workflow) && !w.isBroken())
                        .toList();
        return known.stream()
                .filter(w -> options.version().map(w.version()::equals).orElse(true))
                .findFirst()
                .map(RegisteredWorkflow::graph)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "unknown-workflow",
                                        "Expected %s of workflow '%s', but there is none; there are: %s"
                                                .formatted(
                                                        options.version()
                                                                .map(v -> "version " + v)
                                                                .orElse("a version"),
                                                        workflow,
                                                        known.isEmpty()
                                                                ? "(none)"
                                                                : String.join(
                                                                        ", ",
                                                                        known.stream()
                                                                                .map(
                                                                                        RegisteredWorkflow
                                                                                                ::version)
                                                                                .toList()))));
    }
}
