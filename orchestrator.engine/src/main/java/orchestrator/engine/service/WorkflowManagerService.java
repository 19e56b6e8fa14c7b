package orchestrator.engine.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.MigrateOptions;
import orchestrator.api.run.Migration;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.maintenance.Unreadable;

/** The {@link WorkflowManager} of one caller. */
public final class WorkflowManagerService implements WorkflowManager, AutoCloseable {
    private final Services services;
    private final Services.Caller caller;
    private final Starts starts;
    private final RunCommands commands;
    private final Map<RegisteredWorkflow, Runnable> registered = new LinkedHashMap<>();

    /** The service as one caller sees it. */
    public WorkflowManagerService(Services services, Services.Caller caller) {
        this.services = services;
        this.caller = caller;
        this.starts = new Starts(services.engine());
        this.commands = new RunCommands(services.engine());
    }

    @Override
    public WorkflowBuilder createWorkflow(String name, String type) {
        return builder(name, Arrangement.of(type));
    }

    @Override
    public WorkflowBuilder createConditionalWorkflow(String name, Map<String, Task> conditions) {
        Builder builder = builder(name, Arrangement.conditional(Set.copyOf(conditions.keySet())));
        conditions.forEach(
                (condition, task) -> {
                    builder.addTask(condition, task);
                    builder.step(condition).input("input", "${input}");
                });
        return builder;
    }

    @Override
    public WorkflowBuilder createEventWorkflow(String name, String... signals) {
        if (signals.length == 0) {
            throw new IllegalArgumentException(
                    "Expected the names of the signals that workflow '%s' waits for, but found none"
                            .formatted(name));
        }
        return builder(name, Arrangement.event(List.of(signals)));
    }

    private Builder builder(String name, Arrangement arrangement) {
        return new Builder(name, caller.version(), arrangement, caller.bundle());
    }

    @Override
    public synchronized WorkflowInfo register(WorkflowBuilder builder) {
        if (!(builder instanceof Builder own)) {
            throw new IllegalArgumentException(
                    "Expected a builder of createWorkflow, but found " + builder.getClass());
        }
        Graph graph = services.compile(own);
        Optional<RegisteredWorkflow> same =
                registered.keySet().stream()
                        .filter(w -> w.graph().document().equals(graph.document()))
                        .findFirst();
        RegisteredWorkflow workflow =
                same.orElseGet(() -> RegisteredWorkflow.of(graph, caller.name()));
        if (same.isEmpty()) {
            registered.put(workflow, caller.offer(own.functions()));
            services.catalog().add(workflow);
        }
        return WorkflowInfoView.of(workflow, services);
    }

    @Override
    public List<WorkflowInfo> workflows() {
        return services.catalog().all().stream()
                .map(w -> WorkflowInfoView.of(w, services))
                .collect(Collectors.toUnmodifiableList());
    }

    @Override
    public RunHandle executeWorkflow(String name, Map<String, ?> input, StartOptions options) {
        Graph graph =
                services.catalog()
                        .current(name)
                        .map(RegisteredWorkflow::graph)
                        .orElseThrow(() -> unknown(name));
        return starts.start(graph, input, options);
    }

    private RefusedException unknown(String name) {
        for (RegisteredWorkflow workflow : services.catalog().all()) {
            if (workflow.name().equals(name)) {
                return new RefusedException(
                        "broken-workflow",
                        "Expected a workflow that can be run, but '%s' (%s) is broken: %s"
                                .formatted(
                                        name,
                                        workflow.source(),
                                        String.join("\n", workflow.problems())));
            }
        }
        String known =
                services.catalog().all().stream()
                        .map(RegisteredWorkflow::name)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new RefusedException(
                "unknown-workflow",
                "Expected the name of a workflow, but there is no '%s'; there are: %s"
                        .formatted(name, known.isEmpty() ? "(none)" : known));
    }

    @Override
    public Optional<RunDetails> getWorkflowStatus(String runId) {
        return StateManagerService.asking(() -> services.engine().details(runId));
    }

    @Override
    public CommandResult pauseWorkflow(String runId) {
        return commands.give(runId, new Command.Pause(), "paused");
    }

    @Override
    public CommandResult resumeWorkflow(String runId) {
        return commands.give(runId, new Command.Resume(), "resumed");
    }

    @Override
    public CommandResult cancelWorkflow(String runId, String reason) {
        return cancelWorkflow(runId, reason, false);
    }

    @Override
    public CommandResult cancelWorkflow(String runId, String reason, boolean compensate) {
        return cancelUnreadable(runId)
                .orElseGet(
                        () ->
                                commands.give(
                                        runId,
                                        new Command.Cancel(
                                                reason == null ? "" : Limits.error(reason),
                                                compensate),
                                        compensate
                                                ? "cancelled when its steps are undone"
                                                : "cancelled"));
    }

    /** A run that was put aside may be beyond reading: it would never follow. */
    private Optional<CommandResult> cancelUnreadable(String run) {
        try {
            boolean aside =
                    services.engine().store().backend().summaries(List.of(run)).stream()
                            .anyMatch(s -> !s.status().isFinal() && isQuarantined(s.reason()));
            return aside
                    ? new Unreadable(services.engine())
                            .cancel(run)
                            .map(
                                    r ->
                                            new CommandResult(
                                                    r.accepted(),
                                                    "Run %s: %s".formatted(run, r.message())))
                    : Optional.empty();
        } catch (StateUnavailableException e) {
            throw Starts.storeAway(e.getMessage());
        }
    }

    private static boolean isQuarantined(Reason reason) {
        return reason != null && reason.code().equals("quarantined");
    }

    @Override
    public RunHandle retryFailedTasks(String runId, RetryOptions options) {
        return new Reruns(services.engine(), starts).retry(runId, options);
    }

    @Override
    public Migration migrateWorkflow(String runId, MigrateOptions options) {
        return new Migrations(services, (run, command) -> commands.give(run, command, "migrated"))
                .migrate(runId, options);
    }

    @Override
    public CommandResult signal(String runId, String name, Object payload) {
        return commands.signal(runId, name, payload, null);
    }

    @Override
    public CommandResult signal(String runId, String name, Object payload, String messageId) {
        return commands.signal(runId, name, payload, Objects.requireNonNull(messageId));
    }

    /** The caller has stopped: its workflows and functions leave, what it still waits for is dropped. */
    @Override
    public void close() {
        starts.close();
        Map<RegisteredWorkflow, Runnable> leaving;
        synchronized (this) {
            leaving = new LinkedHashMap<>(registered);
            registered.clear();
        }
        leaving.forEach(
                (workflow, takeBack) -> { // tasks drain: for as long as it takes, under no lock
                    services.catalog().remove(workflow);
                    takeBack.run();
                });
    }
}
