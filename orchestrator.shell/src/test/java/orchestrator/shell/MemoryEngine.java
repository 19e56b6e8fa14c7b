package orchestrator.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.MigrateOptions;
import orchestrator.api.run.Migration;
import orchestrator.api.run.Page;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.StepChange;
import orchestrator.api.run.StepStatus;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.TaskRequest;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.api.run.WorkflowManager;
import orchestrator.shell.Samples.SampleRun;

/** The three services over plain collections. A started run stands still until the test moves it. */
public final class MemoryEngine implements WorkflowManager, TaskExecutor, StateManager {
    /** What the last start was given. */
    public record Start(String name, Map<String, ?> input, StartOptions options) {}

    /** The workflows. */
    public final List<WorkflowInfo> workflows = new ArrayList<>();

    /** The tasks. */
    public final List<TaskInfo> tasks = new ArrayList<>();

    /** The runs, the newest first. */
    public final Map<String, SampleRun> runs = new LinkedHashMap<>();

    /** The journals. */
    public final Map<String, List<HistoryEntry>> history = new LinkedHashMap<>();

    /** The logs. */
    public final Map<String, List<LogLine>> logs = new LinkedHashMap<>();

    /** The last start. */
    public Start start;

    /** What the last start of several tasks was given. */
    public List<TaskRequest> requested;

    /** The values that are kept, of any run. */
    public final Map<String, Object> saved = new TreeMap<>();

    /** What was changed by the last retry. */
    public RetryOptions retried;

    /** The end of the run that was started last. */
    public final CompletableFuture<RunDetails> end = new CompletableFuture<>();

    /** What happens when a run is looked at. */
    public Function<SampleRun, SampleRun> onLook = run -> run;

    /** What happens when runs are searched. */
    public Runnable onFind = () -> {};

    /** The start keys that were used. */
    public final Set<String> keys = new HashSet<>();

    /** The filter of the last search. */
    public RunFilter filter;

    @Override
    public WorkflowBuilder createWorkflow(String name, String type) {
        throw new UnsupportedOperationException("The shell builds no workflows");
    }

    @Override
    public WorkflowBuilder createConditionalWorkflow(String name, Map<String, Task> conditions) {
        return createWorkflow(name, "conditional");
    }

    @Override
    public WorkflowBuilder createEventWorkflow(String name, String... signals) {
        return createWorkflow(name, "event");
    }

    @Override
    public WorkflowInfo register(WorkflowBuilder builder) {
        throw new UnsupportedOperationException("The shell registers no workflows");
    }

    @Override
    public List<WorkflowInfo> workflows() {
        return workflows;
    }

    @Override
    public RunHandle executeWorkflow(String name, Map<String, ?> input, StartOptions options) {
        if (workflows.stream().noneMatch(workflow -> workflow.name().equals(name))) {
            throw new RefusedException(
                    "unknown-workflow", "Expected a workflow, but found '" + name + "'.");
        }
        return start(name, input, options);
    }

    @Override
    public RunHandle executeTask(String name, Map<String, ?> input, StartOptions options) {
        return start(name, input, options);
    }

    private RunHandle start(String name, Map<String, ?> input, StartOptions options) {
        start = new Start(name, input, options);
        boolean isNew = options.startKey().map(keys::add).orElse(true);
        runs.put("new1", Samples.run("new1"));
        return new RunHandle() {
            @Override
            public String id() {
                return "new1";
            }

            @Override
            public boolean isNew() {
                return isNew;
            }

            @Override
            public CompletionStage<RunDetails> result() {
                return end.minimalCompletionStage();
            }
        };
    }

    @Override
    public Optional<RunDetails> getWorkflowStatus(String runId) {
        return Optional.ofNullable(runs.get(runId)).map(onLook);
    }

    @Override
    public CommandResult pauseWorkflow(String runId) {
        return steer(runId, RunStatus.PAUSED, "is paused");
    }

    @Override
    public CommandResult resumeWorkflow(String runId) {
        return steer(runId, RunStatus.RUNNING, "goes on");
    }

    @Override
    public CommandResult cancelWorkflow(String runId, String reason) {
        return cancelWorkflow(runId, reason, false);
    }

    @Override
    public CommandResult cancelWorkflow(String runId, String reason, boolean compensate) {
        return steer(
                runId,
                RunStatus.CANCELLED,
                "is cancelled (" + reason + ")" + (compensate ? " and undone" : ""));
    }

    @Override
    public CommandResult signal(String runId, String name, Object payload) {
        return signal(runId, name, payload, "its own");
    }

    @Override
    public CommandResult signal(String runId, String name, Object payload, String messageId) {
        return steer(
                runId,
                RunStatus.RUNNING,
                "has %s %s as %s".formatted(name, new TreeMap<>((Map<?, ?>) payload), messageId));
    }

    @Override
    public RunHandle retryFailedTasks(String runId, RetryOptions options) {
        retried = options;
        return start(runId, options.input(), StartOptions.none());
    }

    @Override
    public Migration migrateWorkflow(String runId, MigrateOptions options) {
        String to = options.version().orElse("2.0.0");
        return new Samples.SampleMigration(
                runId,
                runs.get(runId).version(),
                to,
                List.of(
                        new Samples.SampleChange(
                                "write",
                                StepChange.Kind.CHANGED,
                                StepStatus.RUNNING,
                                List.of("task: a → b"))),
                List.of("output.total: ${sum} → ${count}"),
                to.startsWith("2") ? List.of() : List.of("Expected another version"),
                to.startsWith("2") && !options.isDryRun());
    }

    private CommandResult steer(String runId, RunStatus status, String what) {
        SampleRun run = runs.get(runId);
        if (run.status().isFinal()) {
            return new CommandResult(
                    false, "Expected a run that goes on, but found " + run.status());
        }
        runs.put(runId, run.in(status, run.progress()));
        return new CommandResult(true, "Run " + runId + " " + what + ".");
    }

    @Override
    public List<TaskInfo> tasks() {
        return tasks;
    }

    @Override
    public List<HistoryEntry> getWorkflowHistory(String runId, long from, int limit) {
        return history.getOrDefault(runId, List.of()).stream()
                .filter(entry -> entry.sequence() >= from)
                .limit(limit)
                .toList();
    }

    @Override
    public CommandResult saveWorkflowState(String runId, Map<String, ?> values) {
        CommandResult result = steer(runId, runs.get(runId).status(), "keeps " + values);
        if (result.accepted()) {
            saved.putAll(values);
            saved.values().removeIf(Objects::isNull);
        }
        return result;
    }

    @Override
    public Map<String, Object> loadWorkflowState(String runId) {
        return saved;
    }

    @Override
    public CommandResult updateWorkflowProgress(String runId, int percent, String message) {
        return steer(runId, RunStatus.RUNNING, "is at %d%% (%s)".formatted(percent, message));
    }

    @Override
    public RunHandle executeParallel(List<TaskRequest> requests, StartOptions options) {
        requested = requests;
        return start("tasks", Map.of(), options);
    }

    @Override
    public RunHandle retryTask(String taskId, RetryOptions options) {
        return retryFailedTasks(taskId, options);
    }

    @Override
    public Optional<RunDetails> getTaskStatus(String taskId) {
        return getWorkflowStatus(taskId);
    }

    @Override
    public RunDetails getWorkflowHistory(String runId, long entry) {
        if (entry > 9) {
            throw new RefusedException("unknown-entry", "Expected 1 to 9, but found " + entry);
        }
        return runs.get(runId).in(RunStatus.WAITING, (int) entry);
    }

    @Override
    public RunDebug debugWorkflow(String runId) {
        return new Samples.SampleDebug(
                runs.get(runId),
                List.of(
                        new Explanation(
                                new Reason("task", "mail.send", Samples.START, null),
                                "Step 'mail' waits for task 'mail.send'")),
                List.of(
                        new Samples.SampleTold(
                                3,
                                Samples.START,
                                "mail",
                                "attempt 1 failed: smtp: no route",
                                Optional.of(Duration.ofSeconds(5)))));
    }

    @Override
    public List<LogLine> getWorkflowLogs(String runId) {
        return logs.getOrDefault(runId, List.of());
    }

    @Override
    public Page<RunInfo> find(RunFilter wanted) {
        filter = wanted;
        onFind.run();
        List<RunInfo> fits =
                runs.values().stream()
                        .filter(run -> wanted.workflow().map(run.workflow()::equals).orElse(true))
                        .filter(
                                run ->
                                        wanted.statuses().isEmpty()
                                                || wanted.statuses().contains(run.status()))
                        .filter(
                                run ->
                                        wanted.parent()
                                                .map(run.parent().orElse("")::equals)
                                                .orElse(true))
                        .filter(
                                run ->
                                        run.labels()
                                                .entrySet()
                                                .containsAll(wanted.labels().entrySet()))
                        .map(run -> (RunInfo) run)
                        .toList();
        boolean more = fits.size() > wanted.limit();
        return new Page<>(
                more ? fits.subList(0, wanted.limit()) : fits,
                more ? Optional.of("cursor") : Optional.empty());
    }

    @Override
    public Map<RunStatus, Long> count() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            counts.put(
                    status, runs.values().stream().filter(run -> run.status() == status).count());
        }
        return counts;
    }
}
