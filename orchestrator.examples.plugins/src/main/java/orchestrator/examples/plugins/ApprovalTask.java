package orchestrator.examples.plugins;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Component;

/** Waits for an answer without holding a thread. Here none ever comes: the run has to be cancelled. */
@Component(service = Task.class)
@TaskName("examples.approval")
public class ApprovalTask implements Task {
    @Override
    public CompletionStage<String> execute(TaskContext context) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        context.onCancel(() -> answer.cancel(false));
        context.progress(0, "asked");
        return answer;
    }
}
