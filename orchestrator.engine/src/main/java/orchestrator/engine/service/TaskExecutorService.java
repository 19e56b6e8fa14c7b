package orchestrator.engine.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.api.definition.TaskReference;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RetryOptions;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.TaskRequest;
import orchestrator.engine.attempt.TaskBinding;

/** The {@link TaskExecutor} of one caller. */
public final class TaskExecutorService implements TaskExecutor, AutoCloseable {
    private static final int MOST_TASKS = 1000;

    private final Services services;
    private final Starts starts;

    /** The service as one caller sees it. */
    public TaskExecutorService(Services services) {
        this.services = services;
        this.starts = new Starts(services.engine());
    }

    @Override
    public RunHandle executeTask(String taskName, Map<String, ?> input, StartOptions options) {
        requireTask(taskName);
        return starts.start(services.single(taskName), input, options);
    }

    @Override
    public RunHandle executeParallel(List<TaskRequest> tasks, StartOptions options) {
        if (tasks.isEmpty() || tasks.size() > MOST_TASKS) {
            throw new IllegalArgumentException(
                    "Expected 1 to %,d tasks, but found %,d".formatted(MOST_TASKS, tasks.size()));
        }
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (TaskRequest task : tasks) {
            requireTask(task.task());
            inputs.put("task_" + (inputs.size() + 1), task.input());
        }
        return starts.start(services.several(tasks), inputs, options);
    }

    @Override
    public RunHandle retryTask(String taskId, RetryOptions options) {
        if (getTaskStatus(taskId).isEmpty()) {
            throw new RefusedException(
                    "unknown-run",
                    "Expected the id of a run of tasks, but there is no such run '%s'"
                            .formatted(taskId));
        }
        return new Reruns(services.engine(), starts).retry(taskId, options);
    }

    @Override
    public Optional<RunDetails> getTaskStatus(String taskId) {
        return StateManagerService.asking(() -> services.engine().details(taskId))
                .filter(run -> Services.isOfTasks(run.workflow()));
    }

    private void requireTask(String taskName) {
        if (services.engine().tasks().newest(TaskReference.of(taskName)) == null) {
            String known =
                    services.engine().tasks().all().stream()
                            .map(TaskBinding::name)
                            .distinct()
                            .collect(Collectors.joining(", "));
            throw new RefusedException(
                    "unknown-task",
                    "Expected the name of a task, but no plugin offers '%s' now; there are: %s"
                            .formatted(taskName, known.isEmpty() ? "(none)" : known));
        }
    }

    @Override
    public List<TaskInfo> tasks() {
        List<TaskInfo> all = new ArrayList<>();
        for (TaskBinding task : services.engine().tasks().all()) {
            all.add(
                    new TaskInfoView(
                            task.name(),
                            task.version(),
                            task.bundle(),
                            task.running(),
                            task.conduct().complaints(),
                            Optional.empty()));
        }
        all.addAll(services.unusableTasks().all());
        return all;
    }

    /** The caller has stopped: what it still waits for is dropped. */
    @Override
    public void close() {
        starts.close();
    }
}
