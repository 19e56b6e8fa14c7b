package orchestrator.tasks.files.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/** The task {@code files.copy}. Output: {@code path, target}. */
@Component(service = Task.class, configurationPid = "orchestrator.tasks.files")
@TaskName("files.copy")
public final class FilesCopyTask extends FilesTask {
    /** With its first configuration. */
    @Activate
    public FilesCopyTask(FilesConfig config) {
        super(config);
    }

    @Modified
    void modified(FilesConfig config) {
        configure(config);
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        return operations().copy(context);
    }
}
