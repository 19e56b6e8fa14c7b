package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.TaskInfo;

/** Tasks that are offered and cannot be used, or do harm. */
final class TasksCheck extends Check {
    TasksCheck() {
        super("tasks");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        List<Trouble> all = new ArrayList<>();
        if (there.tasks() != null) {
            for (TaskInfo task : there.tasks().tasks()) {
                look(task, all);
            }
        }
        return all;
    }

    private void look(TaskInfo task, List<Trouble> all) {
        task.problem()
                .ifPresent(
                        problem ->
                                all.add(
                                        error(
                                                "Task '%s' of %s is not used: %s"
                                                        .formatted(
                                                                task.name(),
                                                                task.bundle(),
                                                                sentence(problem)),
                                                "Correct the plugin and update it; log:display tells more.")));
        for (String complaint : task.complaints()) {
            all.add(
                    warning(
                            "Task '%s' %s of %s: %s"
                                    .formatted(
                                            task.name(),
                                            task.version(),
                                            task.bundle(),
                                            sentence(complaint)),
                            "Let its body end when its thread is interrupted or TaskContext.isCancelled() is true; its thread is free again when it returns."));
        }
    }

    static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
