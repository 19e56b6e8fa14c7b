package orchestrator.tasks.files.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The task {@code files.read}. Output: {@code path, text, bytes}. */
@Component(service = Task.class, configurationPid = "orchestrator.tasks.files")
@Designate(ocd = FilesConfig.class) // for all tasks of this bundle: a PID is designated once
@TaskName("files.read")
public final class FilesReadTask extends FilesTask {
    /** With its first configuration. */
    @Activate
    public FilesReadTask(FilesConfig config) {
        super(config);
    }

    @Modified
    void modified(FilesConfig config) {
        configure(config);
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        return operations().read(context);
    }
}
