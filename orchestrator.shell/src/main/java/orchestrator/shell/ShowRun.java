package orchestrator.shell;

import orchestrator.api.run.RunDetails;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.RunPages;
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
                  run:status 01a20701 --output report
                  run:status 01a20701 --format json""")
public final class ShowRun extends ItemAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(RecentRuns.class)
    private String id;

    @Option(
            name = "--output",
            description =
                    "Show what this step put out, as JSON, and nothing else; 'run' for what the run gives")
    private String output;

    @Override
    Answer answer() {
        String runId = runId(id);
        RunDetails run =
                workflows()
                        .getWorkflowStatus(runId)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "Expected run "
                                                        + runId
                                                        + ", but it has just been deleted."));
        return output != null
                ? Answer.json(output(run))
                : Answer.of(Trees.of(run), page -> new RunPages(page, times()).status(run));
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
