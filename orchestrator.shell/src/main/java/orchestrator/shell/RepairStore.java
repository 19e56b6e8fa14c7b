package orchestrator.shell;

import orchestrator.api.run.CheckReport;
import orchestrator.api.run.Repair;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.FirstOf;
import orchestrator.shell.output.LookProgress;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.StorePages;
import orchestrator.shell.output.StoreTrees;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code orchestrator:repair}. */
@Service
@Command(
        scope = "orchestrator",
        name = "repair",
        description = "Mends what orchestrator:check finds, as far as journals tell",
        detailedDescription =
                """
                Without --apply it only says what it would do. A run whose journal is damaged is put aside \
                (quarantined) and says why; a run that is at work on a node is left alone. Fails if it could \
                not mend everything.

                Examples:
                  orchestrator:repair
                  orchestrator:repair --apply
                  orchestrator:repair --apply --format json""")
public final class RepairStore extends ListAction {
    @Option(name = "--apply", description = "Do it; otherwise it is a dry run")
    private boolean apply;

    @Override
    Answer answer(Screen screen) {
        FirstOf<Repair> repairs = new FirstOf<>();
        CheckReport report;
        try (LookProgress progress = LookProgress.on(screen, times(), isJson())) {
            report = maintenance().repairState(apply, repairs, progress);
        }
        Answer answer =
                Answer.of(
                        StoreTrees.repairs(apply, report, repairs),
                        page -> show(page, report, repairs));
        long open = report.findings() - report.mended();
        return !apply || open == 0
                ? answer
                : answer.failing(
                        "Expected to mend everything, but %,d of %s %s left."
                                .formatted(
                                        open,
                                        Screen.count(report.findings(), "thing"),
                                        open == 1 ? "is" : "are"));
    }

    private void show(Screen page, CheckReport report, FirstOf<Repair> repairs) {
        new StorePages(page).repairs(report, repairs);
        if (!apply && report.findings() > 0) {
            page.line("This was a dry run: orchestrator:repair --apply does it.");
        }
    }
}
