package orchestrator.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import orchestrator.api.run.TaskInfo;

/** The tasks that plugins offer and that could not be taken, each with its reason. Thread safe. */
public final class UnusableTasks {
    private final List<TaskInfo> all = new CopyOnWriteArrayList<>();

    /** Shows a task that could not be taken, until the returned action is run. */
    public Runnable show(String name, String bundle, String problem) {
        TaskInfo info = new TaskInfoView(name, "", bundle, 0, List.of(), Optional.of(problem));
        all.add(info);
        return () -> all.remove(info);
    }

    List<TaskInfo> all() {
        return all;
    }
}
