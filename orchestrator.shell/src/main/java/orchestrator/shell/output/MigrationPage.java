package orchestrator.shell.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.api.run.Migration;
import orchestrator.api.run.StepChange;

/**
 * What people and scripts see of a migration.
 *
 * @param dryRun whether it was only asked what would happen
 */
public record MigrationPage(Migration migration, boolean dryRun) {

    /** For scripts. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", migration.runId());
        tree.put("from", migration.from());
        tree.put("to", migration.to());
        tree.put("changes", migration.changes().stream().map(MigrationPage::tree).toList());
        tree.put("differences", migration.differences());
        tree.put("refusals", migration.refusals());
        tree.put("done", migration.isDone());
        return tree;
    }

    private static Map<String, Object> tree(StepChange change) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("step", change.step());
        tree.put("change", word(change));
        tree.put("status", change.status().name());
        tree.put("details", change.details());
        return tree;
    }

    private static String word(StepChange change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    /** For people. */
    public void print(Screen screen) {
        Table table =
                new Table()
                        .fixed("Step")
                        .fixed("Change")
                        .status("Status")
                        .flexible("Difference", 20);
        for (StepChange change : migration.changes()) {
            List<String> details = change.details();
            table.row(change.step(), word(change), change.status(), String.join("; ", details));
        }
        for (String difference : migration.differences()) {
            table.row("(workflow)", "changed", "", difference);
        }
        table.print(screen, "Nothing differs but the version.");
        if (migration.isDone()) {
            screen.line(
                    "Run %s goes on with version %s (before: %s)."
                            .formatted(migration.runId(), migration.to(), migration.from()));
        } else if (dryRun && migration.refusals().isEmpty()) {
            screen.line(
                    "This was a dry run: without --dry-run, run %s goes on with version %s (now: %s)."
                            .formatted(migration.runId(), migration.to(), migration.from()));
        }
    }
}
