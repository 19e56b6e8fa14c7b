package orchestrator.shell.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import orchestrator.api.run.CheckReport;
import orchestrator.api.run.CleanedRun;
import orchestrator.api.run.Finding;
import orchestrator.api.run.NodeInfo;
import orchestrator.api.run.Repair;

/** What the care of the store answers, as trees for {@link JsonOutput}. */
public final class StoreTrees {
    private StoreTrees() {}

    /** A check with its findings. */
    public static Map<String, Object> findings(CheckReport report, FirstOf<Finding> findings) {
        Map<String, Object> tree = report(report);
        tree.put("list", list(findings, StoreTrees::of));
        return tree;
    }

    /** A repair with all that it did, or would do. */
    public static Map<String, Object> repairs(
            boolean applied, CheckReport report, FirstOf<Repair> repairs) {
        Map<String, Object> tree = report(report);
        tree.put("applied", applied);
        tree.put("mended", report.mended());
        tree.put("list", list(repairs, StoreTrees::of));
        return tree;
    }

    /** A cleanup with the runs that it is about. */
    public static Map<String, Object> cleaned(boolean applied, FirstOf<CleanedRun> runs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applied", applied);
        tree.put("runs", runs.number());
        tree.put("list", list(runs, StoreTrees::of));
        return tree;
    }

    /** The nodes. */
    public static Map<String, Object> nodes(List<NodeInfo> nodes) {
        return Map.of("nodes", nodes.stream().map(StoreTrees::of).toList());
    }

    private static Map<String, Object> report(CheckReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("runs", report.runs());
        tree.put("findings", report.findings());
        tree.put("complete", report.isComplete());
        return tree;
    }

    private static <T> List<Object> list(FirstOf<T> things, Function<T, Object> tree) {
        return things.list().stream().map(tree).toList();
    }

    private static Map<String, Object> of(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", finding.runId().orElse(null));
        tree.put("code", finding.code());
        tree.put("message", finding.message());
        tree.put("mendable", finding.isMendable());
        tree.put("remedy", finding.remedy());
        return tree;
    }

    private static Map<String, Object> of(Repair repair) {
        Map<String, Object> tree = of(repair.finding());
        tree.put("outcome", repair.outcome().name());
        tree.put("how", repair.message());
        return tree;
    }

    private static Map<String, Object> of(CleanedRun run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run.runId());
        tree.put("action", run.action());
        tree.put("done", run.isDone());
        tree.put("message", run.message());
        return tree;
    }

    private static Map<String, Object> of(NodeInfo node) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", node.id());
        tree.put("this", node.isThis());
        tree.put("incarnation", node.incarnation());
        tree.put("expired", node.isExpired());
        tree.put("renewed", node.renewed().map(Object::toString).orElse(null));
        tree.put("leaseUntil", node.leaseUntil().map(Object::toString).orElse(null));
        tree.put("runs", node.runs().isPresent() ? node.runs().getAsLong() : null);
        return tree;
    }
}
