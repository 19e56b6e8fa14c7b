package orchestrator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.TaskRequest;
import orchestrator.shell.input.DeclaredInputs;
import orchestrator.shell.input.Inputs;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code task:parallel}. */
@Service
@Command(
        scope = "task",
        name = "parallel",
        description = "Runs several tasks side by side, as one run",
        detailedDescription =
                """
                Each name of a task is followed by its own input; the steps are task_1, task_2 and so on. With --wait \
                the outputs of all are printed as JSON, by step. Values are read as for task:run.

                Examples:
                  task:parallel knowledge.validate path=/data/a.json knowledge.validate path=/data/b.json --wait
                  task:parallel knowledge.list path=/data mail.send to=ada@example.com --concurrency 1""")
public final class StartTasks extends StartAction {
    @Argument(index = 0, name = "NAME", required = true, description = "The first task's name")
    @Completion(TaskNames.class)
    private String name;

    @Argument(
            index = 1,
            name = "key=value",
            multiValued = true,
            valueToShowInHelp = "",
            description =
                    "The input of the task named last, and further tasks; options may also come here")
    @Completion(TasksAndOptions.class)
    private List<String> words = List.of();

    @Override
    Answer answer(Screen screen, List<String> typed) throws InterruptedException {
        return started(screen, tasks().executeParallel(requests(typed), options()));
    }

    private List<TaskRequest> requests(List<String> typed) {
        List<TaskRequest> requests = new ArrayList<>();
        List<String> input = new ArrayList<>();
        String task = name;
        for (String word : typed) {
            if (word.indexOf('=') >= 0) {
                input.add(word);
            } else {
                requests.add(request(task, input));
                input.clear();
                task = word;
            }
        }
        requests.add(request(task, input));
        return requests;
    }

    private TaskRequest request(String task, List<String> input) {
        return TaskRequest.of(
                task, new Inputs(DeclaredInputs.NONE).read(null, input, session().currentDir()));
    }

    @Override
    Optional<Object> output(RunDetails run) {
        return run.status() == RunStatus.COMPLETED ? run.output() : Optional.empty();
    }

    @Override
    List<String> words() {
        return words;
    }
}
