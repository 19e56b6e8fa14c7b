package orchestrator.shell;

import java.util.concurrent.atomic.AtomicLong;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.CleanupOptions;
import orchestrator.shell.input.Words;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.FirstOf;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.StorePages;
import orchestrator.shell.output.StoreTrees;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code orchestrator:cleanup}. */
@Service
@Command(
        scope = "orchestrator",
        name = "cleanup",
        description = "Deletes runs that ended long ago, and finds those that stand still",
        detailedDescription =
                """
                Without --apply it only says what it would do. --older-than deletes runs that ended longer ago; \
                --stale lists runs whose journal has not grown for longer, and with --cancel they are cancelled. \
                Durations are written like 12h or 30d.

                Examples:
                  orchestrator:cleanup --older-than 30d
                  orchestrator:cleanup --older-than 30d --status COMPLETED,FAILED --apply
                  orchestrator:cleanup --stale 7d
                  orchestrator:cleanup --stale 7d --cancel --apply""")
public final class CleanUpRuns extends ListAction {
    @Option(name = "--older-than", description = "Delete runs that ended longer ago than this")
    private String olderThan;

    @Option(
            name = "--status",
            description = "Delete only runs that ended so, with commas between; all by default")
    @Completion(Statuses.class)
    private String status;

    @Option(
            name = "--stale",
            description =
                    "Find runs that go on, but of which nothing was heard for longer than this")
    private String stale;

    @Option(name = "--cancel", description = "Cancel the stale runs")
    private boolean cancel;

    @Option(name = "--apply", description = "Do it; otherwise it is a dry run")
    private boolean apply;

    @Override
    Answer answer(Screen screen) {
        FirstOf<CleanedRun> runs = new FirstOf<>();
        AtomicLong refused = new AtomicLong();
        maintenance()
                .cleanupStaleWorkflows(
                        options(),
                        run -> {
                            runs.accept(run);
                            if (apply && !run.isDone()) {
                                refused.incrementAndGet();
                            }
                        });
        Answer answer = Answer.of(StoreTrees.cleaned(apply, runs), page -> show(page, runs));
        return refused.get() == 0
                ? answer
                : answer.failing(
                        "Expected to do all of it, but %s refused."
                                .formatted(Screen.count(refused.get(), "run")));
    }

    private CleanupOptions options() {
        if (olderThan == null && stale == null) {
            throw new IllegalArgumentException(
                    "Expected --older-than or --stale with a duration such as 30d, but found neither.");
        }
        if (cancel && stale == null) {
            throw new IllegalArgumentException(
                    "Expected --stale beside --cancel, since only stale runs are cancelled, but found --older-than.");
        }
        if (status != null && olderThan == null) {
            throw new IllegalArgumentException(
                    "Expected --older-than beside --status, since it says which runs are deleted, but found --stale.");
        }
        CleanupOptions options = CleanupOptions.none();
        options =
                olderThan == null
                        ? options
                        : options.olderThan(Words.duration("--older-than", olderThan));
        options = status == null ? options : options.status(Words.statuses(status));
        options = stale == null ? options : options.staleAfter(Words.duration("--stale", stale));
        options = cancel ? options.cancelStale() : options;
        return apply ? options.apply() : options;
    }

    private void show(Screen page, FirstOf<CleanedRun> runs) {
        new StorePages(page).cleaned(runs);
        if (!apply && runs.number() > 0) {
            page.line("This was a dry run: --apply does it.");
        }
    }
}
