package orchestrator.shell;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.JsonOutput;
import orchestrator.shell.output.ProgressView;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import orchestrator.shell.output.Wait;
import org.apache.karaf.shell.api.action.Option;

/** What the commands have in common that start a run, and may wait for its end. */
abstract class WaitingAction extends EngineAction {
    private static final Duration REFRESH = Duration.ofMillis(500);

    @Option(
            name = "--wait",
            description =
                    "Wait for the run's end and show its progress; fails if the run does. Ctrl-C stops the waiting, not the run")
    private boolean wait;

    /** What of the run's outputs is shown at its end. */
    abstract Optional<Object> output(RunDetails run);

    /** The answer of a command that has started a run. */
    final Answer started(Screen screen, RunHandle run) throws InterruptedException {
        return wait
                ? ended(await(screen, run))
                : Answer.of(
                        Map.of("id", run.id(), "new", run.isNew()),
                        page ->
                                page.line(
                                        "%s run:status %s shows it."
                                                .formatted(
                                                        run.isNew()
                                                                ? "Started run " + run.id() + "."
                                                                : before(run.id()),
                                                        run.id())));
    }

    /** Says that the run was started before, and so nothing was started now. */
    abstract String before(String run);

    private RunDetails await(Screen screen, RunHandle run) throws InterruptedException {
        ProgressView view = isJson() ? ProgressView.none() : ProgressView.on(screen, times());
        try {
            return new Wait(workflows()::getWorkflowStatus, REFRESH, view).until(run);
        } catch (InterruptedException e) {
            screen.line(
                    "Stopped waiting. The run goes on: run:status %s shows it, run:cancel %s ends it."
                            .formatted(run.id(), run.id()));
            throw e;
        }
    }

    private Answer ended(RunDetails end) {
        Optional<Object> output = output(end);
        Map<String, Object> tree = new LinkedHashMap<>(Trees.of(end));
        output.ifPresent(value -> tree.put("output", value));
        Consumer<Screen> shown =
                page -> output.ifPresent(value -> new JsonOutput().print(page, value));
        if (end.status() == RunStatus.COMPLETED) {
            String took = times().took(Optional.of(end.created()), end.ended());
            String line = "Run %s COMPLETED in %s.".formatted(end.id(), took);
            return Answer.of(tree, shown.andThen(page -> page.line(line)));
        }
        return Answer.of(tree, shown)
                .failing(
                        "Run %s of %s ended %s%s; run:status %s shows its steps."
                                .formatted(
                                        end.id(),
                                        end.workflow(),
                                        end.status(),
                                        end.error().map(error -> ": " + error).orElse(""),
                                        end.id()));
    }
}
