package ${package};

import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Component;

/** Composes a greeting. */
@Component(service = Task.class)
@TaskName("${pluginName}.compose")
public class ComposeTask implements Task {
    /** What a step hands in. */
    public record Input(String name, int times) {}

    /** What later steps see, as {@code compose.text} and {@code compose.words}. */
    public record Greeting(String text, int words) {}

    @Override
    public Object execute(TaskContext context) throws TaskFailure {
        Input input = context.input(Input.class);
        if (input.name().isBlank()) {
            throw TaskFailure.permanent("no_name", "Expected a name, but found only spaces");
        }
        context.log().log(System.Logger.Level.INFO, "Greeting {0}", input.name());
        String text = ("Hello " + input.name() + "! ").repeat(input.times()).strip();
        return new Greeting(text, text.split(" ").length);
    }
}
