package orchestrator.shell;

import orchestrator.api.run.CheckReport;
import orchestrator.api.run.Finding;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.FirstOf;
import orchestrator.shell.output.LookProgress;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.StorePages;
import orchestrator.shell.output.StoreTrees;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code orchestrator:check}. */
@Service
@Command(
        scope = "orchestrator",
        name = "check",
        description = "Compares all that is stored with what the runs' journals say",
        detailedDescription =
                """
                Changes nothing, and disturbs no run. Fails if something is wrong.

                Examples:
                  orchestrator:check
                  orchestrator:check --format json""")
public final class CheckStore extends ListAction {

    @Override
    Answer answer(Screen screen) {
        FirstOf<Finding> findings = new FirstOf<>();
        CheckReport report;
        try (LookProgress progress = LookProgress.on(screen, times(), isJson())) {
            report = maintenance().validateStateConsistency(findings, progress);
        }
        Answer answer =
                Answer.of(
                        StoreTrees.findings(report, findings),
                        page -> new StorePages(page).findings(report, findings));
        return report.findings() == 0
                ? answer
                : answer.failing(
                        "Expected nothing wrong, but found %s. orchestrator:repair says what can be done."
                                .formatted(Screen.count(report.findings(), "thing")));
    }
}
