package orchestrator.shell.output;

import java.util.List;
import java.util.OptionalLong;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.Repair;

/** What people see of the store and of its care. */
public final class StorePages {
    private final Screen screen;

    /** Pages on the screen. */
    public StorePages(Screen screen) {
        this.screen = screen;
    }

    /** A row for each finding. */
    public void findings(CheckReport report, FirstOf<Finding> findings) {
        Table table =
                new Table()
                        .fixed("Run")
                        .fixed("Finding")
                        .flexible("What", 20)
                        .optional("A repair would", 12);
        for (Finding finding : findings.list()) {
            table.row(
                    finding.runId().orElse("-"),
                    finding.code(),
                    finding.message(),
                    finding.remedy());
        }
        table.print(screen, "Nothing is wrong.");
        findings.sayMore(screen);
        looked(report);
    }

    /** A row for each repair. */
    public void repairs(CheckReport report, FirstOf<Repair> repairs) {
        Table table =
                new Table()
                        .fixed("Run")
                        .fixed("Finding")
                        .status("Outcome")
                        .flexible("How", 20)
                        .optional("What", 20);
        for (Repair repair : repairs.list()) {
            table.row(
                    repair.finding().runId().orElse("-"),
                    repair.finding().code(),
                    repair.outcome(),
                    repair.message(),
                    repair.finding().message());
        }
        table.print(screen, "Nothing is wrong, so nothing was done.");
        repairs.sayMore(screen);
        looked(report);
    }

    private void looked(CheckReport report) {
        screen.line("Looked at %s.".formatted(Screen.count(report.runs(), "run")));
        if (!report.isComplete()) {
            screen.line(
                    "This store does not let itself be looked into: only journals and summaries were compared.");
        }
    }

    /** A row for each run that a cleanup is about. */
    public void cleaned(FirstOf<CleanedRun> runs) {
        Table table = new Table().fixed("Run").fixed("Action").fixed("Done").flexible("What", 20);
        for (CleanedRun run : runs.list()) {
            table.row(run.runId(), run.action(), run.isDone() ? "yes" : "no", run.message());
        }
        table.print(screen, "There are no such runs.");
        runs.sayMore(screen);
        if (runs.number() > 0) {
            screen.line(Screen.count(runs.number(), "run") + " in all.");
        }
    }

    /** A row for each node. */
    public void nodes(List<NodeInfo> nodes, Times times) {
        Table table =
                new Table()
                        .fixed("Node")
                        .fixed("State")
                        .fixed("Runs")
                        .optional("Incarnation", 4)
                        .optional("Lease renewed", 8)
                        .flexible("Lease until", 8);
        for (NodeInfo node : nodes) {
            OptionalLong runs = node.runs();
            table.row(
                    node.id() + (node.isThis() ? " (this)" : ""),
                    node.isExpired() ? "expired" : "alive",
                    runs.isPresent() ? runs.getAsLong() : "",
                    node.incarnation(),
                    node.renewed().map(times::clockTime).orElse(""),
                    node.leaseUntil().map(times::clockTime).orElse(""));
        }
        table.print(screen, "There are no nodes.");
    }
}
