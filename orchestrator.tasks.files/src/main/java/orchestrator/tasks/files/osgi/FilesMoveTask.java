package orchestrator.tasks.files.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The task {@code files.move}. Output: {@code path, target}. */
@Component(service = Task.class)
@TaskName("files.move")
public final class FilesMoveTask implements Task {
    private final FilesComponent files;

    @Activate
    public FilesMoveTask(@Reference FilesComponent files) {
        this.files = files;
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        return files.operations().move(context);
    }
}
