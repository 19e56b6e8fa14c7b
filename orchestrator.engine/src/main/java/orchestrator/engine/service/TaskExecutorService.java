package orchestrator.engine.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.TaskInfo;
import orchestrator.engine.attempt.TaskBinding;

/** The {@link TaskExecutor} of one caller. */
public final class TaskExecutorService implements TaskExecutor, AutoCloseable {
    private final Services services;
    private final Starts starts;

    /** The service as one caller sees it. */
    public TaskExecutorService(Services services) {
        this.services = services;
        this.starts = new Starts(services.engine());
    }

    @Override
    public RunHandle executeTask(String taskName, Map<String, ?> input, StartOptions options) {
        if (services.engine().tasks().newest(taskName) == null) {
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
        return starts.start(services.single(taskName), input, options);
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
