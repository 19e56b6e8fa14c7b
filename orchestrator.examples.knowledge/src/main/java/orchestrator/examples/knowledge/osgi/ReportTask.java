package orchestrator.examples.knowledge.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.report.ReportFiles;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The task that writes {@code report.html} and {@code report.json}.
 *
 * <p>Input: {@code content_path}, {@code output_path}, {@code documents} (from {@code knowledge.list}); {@code processed}
 * (outputs of the workflow {@code knowledge_document} in the order of the documents), {@code learning_order} (an output).
 * Output: {@code html} and {@code json} (absolute paths) and the counts at the head of the report.
 */
@Component(service = Task.class)
@TaskName("knowledge.report")
public final class ReportTask implements Task {
    private final ReportFiles files;

    @Activate
    public ReportTask() {
        this(Clock.systemUTC());
    }

    ReportTask(Clock clock) {
        this.files = new ReportFiles(clock);
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        TaskInput input = new TaskInput(context);
        Path folder = ContentFolder.path(input.text("output_path"));
        for (String list : new String[] {"documents", "processed"}) {
            input.objects(list);
        }
        input.object("learning_order");
        try {
            return files.write(folder, context.runId(), input.tree());
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while writing to " + folder);
            }
            throw TaskFailure.retryable(
                    "report", "Expected to write to " + folder + ", but found " + e, e);
        }
    }
}
