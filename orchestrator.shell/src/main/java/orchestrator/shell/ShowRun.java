package orchestrator.shell;

import java.time.Duration;
import java.util.List;
import orchestrator.api.run.RunDetails;
import orchestrator.shell.input.RunTerms;
import orchestrator.shell.input.StepRuns;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Follow;
import orchestrator.shell.output.RunPages;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.Trees;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:status}. */
@Service
@Command(
        scope = "run",
        name = "status",
        description = "Shows where a run and its steps stand",
        detailedDescription =
                """
                Examples:
                  run:status 01a20701
                  run:status 01a20701 --follow
                  run:status 01a20701 --output report
                  run:status 01a20701 --format json""")
public final class ShowRun extends EngineAction {
    private static final Duration REFRESH = Duration.ofMillis(500);

    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Argument(
            index = 1,
            name = "options",
            multiValued = true,
            valueToShowInHelp = "",
            description = "The options may also come last")
    @Completion(OptionNames.class)
    private List<String> late = List.of();

    @Option(
            name = "--output",
            description =
                    "Show what this step put out, as JSON, and nothing else; 'run' for what the run gives")
    @Completion(StepNames.class)
    private String output;

    @Option(
            name = "--follow",
            description =
                    "Show it as it comes along, until its end. Ctrl-C stops the showing, not the run")
    private boolean follow;

    @Override
    List<String> words() {
        return late;
    }

    @Override
    Answer answer(Screen screen, List<String> words) throws InterruptedException {
        expectOne("run", words);
        String runId = runId(id);
        if (follow && output == null && !isJson()) {
            follow(screen, runId);
            return Answer.of(null, page -> {});
        }
        RunDetails run = details(runId);
        return output != null
                ? Answer.json(output(run))
                : Answer.of(
                        Trees.of(run),
                        page ->
                                new RunPages(page, times())
                                        .status(run, RunTerms.of(runId, states())));
    }

    private void follow(Screen screen, String runId) throws InterruptedException {
        Follow view =
                new Follow(
                        workflows()::getWorkflowStatus,
                        new StepRuns(states())::of,
                        screen,
                        session().getTerminal() == null ? 0 : session().getTerminal().getHeight(),
                        times(),
                        () -> Thread.sleep(REFRESH.toMillis()));
        try {
            view.until(runId);
        } catch (InterruptedException e) {
            screen.line(
                    "Stopped following. The run goes on: run:status %s shows it, run:cancel %s ends it."
                            .formatted(runId, runId));
            throw e;
        }
    }

    private Object output(RunDetails run) {
        if (output.equals("run")) { // no step can have that name
            return run.output()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "Expected a run that has completed and gives something, but this one is %s."
                                                    .formatted(run.status())));
        }
        return run.output(output)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Expected a step with an output, but '%s' has none."
                                                .formatted(output)));
    }
}
