package orchestrator.shell;

import orchestrator.api.run.MigrateOptions;
import orchestrator.api.run.Migration;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.MigrationPage;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code run:migrate}. */
@Service
@Command(
        scope = "run",
        name = "migrate",
        description = "Lets a run go on with another version of its workflow",
        detailedDescription =
                """
                Steps that have not finished may differ. With --dry-run it only shows what differs, and what \
                stands against it.

                Examples:
                  run:migrate 01a20701 --dry-run
                  run:migrate 01a20701
                  run:migrate 01a20701 --to 1.3.0""")
public final class MigrateRun extends ItemAction {
    @Argument(
            index = 0,
            name = "ID",
            required = true,
            description = "The run's id, or its beginning")
    @Completion(ActiveRuns.class)
    private String id;

    @Option(name = "--to", description = "The version; by default the one that new runs take")
    @Completion(WorkflowVersions.class)
    private String version;

    @Option(name = "--dry-run", description = "Change nothing, only show what would be changed")
    private boolean dryRun;

    @Override
    Answer answer() {
        MigrateOptions options = MigrateOptions.none();
        options = version == null ? options : options.to(version);
        Migration migration =
                workflows().migrateWorkflow(runId(id), dryRun ? options.dryRun() : options);
        MigrationPage page = new MigrationPage(migration, dryRun);
        Answer answer = Answer.of(page.tree(), page::print);
        return migration.refusals().isEmpty()
                ? answer
                : answer.failing(String.join("\n", migration.refusals()));
    }
}
