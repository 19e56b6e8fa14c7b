package orchestrator.tasks.files.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The task {@code files.delete}. Output: {@code path, deleted}. */
@Component(service = Task.class)
@TaskName("files.delete")
public final class FilesDeleteTask implements Task {
    private final FilesComponent files;

    @Activate
    public FilesDeleteTask(@Reference FilesComponent files) {
        this.files = files;
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        return files.operations().delete(context);
    }
}
