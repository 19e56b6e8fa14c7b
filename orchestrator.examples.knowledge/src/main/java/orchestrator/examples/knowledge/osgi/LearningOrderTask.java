package orchestrator.examples.knowledge.osgi;

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.examples.knowledge.document.Unit;
import orchestrator.examples.knowledge.order.LearningOrder;
import orchestrator.examples.knowledge.order.Ordering;
import org.osgi.service.component.annotations.Component;

/**
 * The task that orders all valid documents, each after its prerequisites.
 *
 * <p>Input: {@code documents} (outputs of the workflow {@code knowledge_document}; one that failed is left out). Output: {@code count}, {@code order} (each with
 * {@code id, title, difficulty, path, level, prerequisites}), {@code cycles} (lists of ids), {@code missing} (each with
 * {@code id, path, prerequisite, reason}), {@code duplicates} (each with {@code id, paths}).
 */
@Component(service = Task.class)
@TaskName("knowledge.learning_order")
public final class LearningOrderTask implements Task {

    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        LearningOrder order =
                Ordering.of(
                        new TaskInput(context)
                                .objects("documents").stream()
                                        .map(document -> document.object("validated"))
                                        .filter(validated -> validated.has("path"))
                                        .map(Unit::from)
                                        .toList());
        for (var cycle : order.cycles()) {
            context.log().log(
                    System.Logger.Level.WARNING,
                    "Prerequisites in a cycle: {0}",
                    String.join(" → ", cycle));
        }
        return order.toMap();
    }
}
