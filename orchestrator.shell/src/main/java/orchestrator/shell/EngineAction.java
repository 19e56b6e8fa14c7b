package orchestrator.shell;

import java.time.Clock;
import java.util.List;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.StateMaintenance;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.api.state.StateBackend;
import orchestrator.shell.input.LateOptions;
import orchestrator.shell.input.RunIds;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Times;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;

/**
 * What the commands have in common: the services (optional, since Karaf hides commands whose services are missing), the
 * format, and failures that are one sentence and no stack trace.
 */
abstract class EngineAction implements Action {
    @Reference private Session session;

    @Reference(optional = true)
    private WorkflowManager workflows;

    @Reference(optional = true)
    private TaskExecutor tasks;

    @Reference(optional = true)
    private StateManager states;

    @Reference(optional = true)
    private StateMaintenance maintenance;

    @Reference(optional = true)
    private StateBackend store;

    @Option(name = "--format", description = "How to show it: table for people, json for scripts")
    @Completion(Formats.class)
    private String format = "table";

    @Override
    public final Object execute() throws Exception {
        Screen screen = Screen.of(session);
        try {
            List<String> words = LateOptions.take(this, words());
            boolean json = Words.isJson(format, formats());
            Answer answer = answer(screen, words);
            answer.show(screen, json);
            if (answer.failure() != null) {
                throw new IllegalStateException(answer.failure());
            }
            return null;
        } catch (RefusedException | IllegalArgumentException | IllegalStateException e) {
            throw new CommandException(screen.alarm(e.getMessage()), e.getMessage(), e);
        } finally {
            screen.out().flush();
        }
    }

    /**
     * Does the work.
     *
     * @param screen for what is shown meanwhile
     * @param words the words that are no options
     */
    abstract Answer answer(Screen screen, List<String> words) throws Exception;

    /** The words after the arguments that have a name. */
    abstract List<String> words();

    final boolean isJson() {
        return Words.isJson(format, formats());
    }

    /** The formats that it knows. */
    List<String> formats() {
        return List.of("table", "json");
    }

    final String format() {
        return format;
    }

    final Times times() {
        return new Times(Clock.systemUTC());
    }

    final Session session() {
        return session;
    }

    final WorkflowManager workflows() {
        return present(workflows, "WorkflowManager");
    }

    final TaskExecutor tasks() {
        return present(tasks, "TaskExecutor");
    }

    final StateManager states() {
        return present(states, "StateManager");
    }

    final StateMaintenance maintenance() {
        return present(maintenance, "StateMaintenance");
    }

    final String runId(String typed) {
        return new RunIds(workflows(), states()).find(typed);
    }

    final RunDetails details(String runId) {
        return workflows()
                .getWorkflowStatus(runId)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "Expected run "
                                                + runId
                                                + ", but it has just been deleted."));
    }

    /** For commands about one thing, which was named before these words. */
    static void expectOne(String thing, List<String> words) {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected one %s, but found %d.".formatted(thing, 1 + words.size()));
        }
    }

    /** For commands without further words. */
    static void expectNothing(List<String> words) {
        if (!words.isEmpty()) {
            throw new IllegalArgumentException(
                    "Expected only options here, but found '" + words.get(0) + "'.");
        }
    }

    private <T> T present(T service, String name) {
        if (service != null) {
            return service;
        }
        throw new IllegalStateException(
                store == null
                        ? "The engine is not ready: there is no store (no StateBackend service). "
                                + "Install one (feature:install orchestrator-jdbc), or see why it did not start: "
                                + "log:display, scr:list."
                        : "The engine is not ready: a store is there, but not the service "
                                + name
                                + ". It comes in a moment, or something in etc/orchestrator.engine.cfg is wrong, "
                                + "such as a state.name that is not there: log:display says what.");
    }
}
