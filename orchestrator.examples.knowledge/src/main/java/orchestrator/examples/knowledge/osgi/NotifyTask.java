package orchestrator.examples.knowledge.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.ContentFolder;
import orchestrator.examples.knowledge.notice.Notifications;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The task that tells people: a line in the log of the run, and a line in {@code notifications.log} of a folder, which is
 * written once however often the step is tried.
 *
 * <p>Input: {@code output_path}, {@code message}. Output: {@code file} (absolute), {@code message}, {@code repeated}
 * (whether the line was there already).
 */
@Component(service = Task.class)
@TaskName("knowledge.notify")
public final class NotifyTask implements Task {
    private final Notifications notifications;

    @Activate
    public NotifyTask() {
        this(Clock.systemUTC());
    }

    NotifyTask(Clock clock) {
        this.notifications = new Notifications(clock);
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        TaskInput input = new TaskInput(context);
        Path file = ContentFolder.path(input.text("output_path")).resolve("notifications.log");
        String message = input.text("message");
        try {
            boolean written = notifications.append(file, context.idempotencyKey(), message);
            context.log().log(System.Logger.Level.INFO, "{0}", message);
            Map<String, Object> output = new LinkedHashMap<>();
            output.put("file", file.toString());
            output.put("message", message);
            output.put("repeated", !written);
            return output;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while writing to " + file);
            }
            throw TaskFailure.retryable(
                    "notify", "Expected to write to " + file + ", but found " + e, e);
        }
    }
}
