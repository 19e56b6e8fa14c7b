package orchestrator.shell.output;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StepInfo;
import orchestrator.shell.input.RunTerms;

/** What people see of runs. */
public final class RunPages {
    private final Screen screen;
    private final Times times;
    private final Reasons reasons;
    private final JsonOutput json = new JsonOutput();

    /** Pages on the screen. */
    public RunPages(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
        this.reasons = new Reasons(times);
    }

    /**
     * A row for each run.
     *
     * @param ids how their ids are shown
     */
    public void list(List<RunInfo> runs, UnaryOperator<String> ids) {
        Table table =
                new Table()
                        .fixed("Run")
                        .flexible("Workflow", 12)
                        .status("Status")
                        .fixed("Done")
                        .fixed("Created")
                        .optional("Took", 6)
                        .flexible("What", 12);
        for (RunInfo run : runs) {
            table.row(
                    ids.apply(run.id()),
                    run.workflow(),
                    run.status(),
                    run.progress() + "%",
                    times.ago(run.created()),
                    times.took(run.started(), run.ended()),
                    run.error().orElseGet(() -> reasons.text(run.reason())));
        }
        table.print(screen, "There are no such runs. workflow:run NAME starts one.");
    }

    /** Everything about one run. */
    public void status(RunDetails run, RunTerms terms) {
        screen.fact("Run", run.id());
        screen.fact("Workflow", run.workflow() + " " + run.version());
        screen.fact("Parent", run.parent().orElse(""));
        screen.fact("Retries", run.origin().orElse(""));
        screen.line(
                "%-10s %s %d%%"
                        .formatted(
                                "Status",
                                StatusColour.paint(screen, run.status().name()),
                                run.progress()));
        screen.fact("Message", run.message().orElse(""));
        screen.fact("Reason", reasons.text(run.reason()));
        screen.fact("Error", run.error().orElse(""));
        screen.fact("Created", times.ago(run.created()) + " (" + Times.exact(run.created()) + ")");
        screen.fact("Took", times.took(run.started(), run.ended()));
        screen.fact("Timeout", terms.timeout().map(Times::length).orElse(""));
        screen.fact("Priority", terms.priority().map(String::valueOf).orElse(""));
        screen.fact("At once", terms.concurrency().map(String::valueOf).orElse(""));
        screen.fact("Labels", run.labels().isEmpty() ? "" : run.labels().toString());
        screen.fact("Input", run.input().isEmpty() ? "" : json.compact(run.input()));
        screen.line("");
        Table table =
                new Table()
                        .fixed("Step")
                        .status("Status")
                        .optional("Task", 10)
                        .fixed("Attempts")
                        .optional("Items", 9)
                        .optional("Took", 6)
                        .flexible("What", 16);
        for (StepInfo step : run.steps()) {
            table.row(
                    step.name(),
                    step.status(),
                    step.task(),
                    step.attempts(),
                    items(step),
                    times.took(step.started(), step.ended()),
                    what(step));
        }
        table.print(screen, "It has no steps.");
        run.complaints().forEach(complaint -> screen.line("! " + Screen.oneLine(complaint) + "."));
    }

    /** A row for each entry. */
    public void history(List<HistoryEntry> entries) {
        Table table =
                new Table().fixed("Entry").fixed("When").fixed("What").flexible("Details", 20);
        for (HistoryEntry entry : entries) {
            table.row(
                    entry.sequence(),
                    times.ago(entry.at()),
                    entry.type(),
                    json.compact(entry.body()));
        }
        table.print(screen, "There are no such entries.");
    }

    /** A line for each line, in full. */
    public void logs(List<LogLine> lines) {
        if (lines.isEmpty()) {
            screen.line("Its tasks have logged nothing.");
        }
        for (LogLine line : lines) {
            // Padded before it is painted: colours have no width.
            String level = "%-7s".formatted(line.level());
            screen.line(
                    "%s %s %s#%d  %s"
                            .formatted(
                                    Times.exact(line.at()),
                                    StatusColour.paint(screen, level),
                                    line.step(),
                                    line.attempt(),
                                    Screen.oneLine(line.text())));
        }
    }

    private static String items(StepInfo step) {
        return step.items()
                .map(
                        items ->
                                step.itemsCompleted()
                                        + "/"
                                        + items
                                        + (step.itemsFailed() > 0
                                                ? ", " + step.itemsFailed() + " failed"
                                                : ""))
                .orElse("");
    }

    private String what(StepInfo step) {
        return Optional.of(reasons.text(step))
                .filter(text -> !text.isEmpty())
                .or(() -> step.status().isFinal() ? Optional.empty() : step.message())
                .or(step::error)
                .orElse("");
    }
}
