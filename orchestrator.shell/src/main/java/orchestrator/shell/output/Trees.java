package orchestrator.shell.output;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.WorkflowInfo;

/** What the services answer, as trees for {@link JsonOutput}: every key always there, instants in ISO 8601. */
public final class Trees {
    private Trees() {}

    /** One workflow, with its document. */
    public static Map<String, Object> of(WorkflowInfo workflow) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", workflow.name());
        tree.put("version", workflow.version());
        tree.put("current", workflow.isCurrent());
        tree.put("source", workflow.source());
        tree.put("hash", workflow.hash());
        tree.put("steps", workflow.steps());
        tree.put("problems", workflow.problems());
        tree.put("missingTasks", workflow.missingTasks());
        tree.put("document", workflow.document());
        return tree;
    }

    /** One line about a run. */
    public static Map<String, Object> of(RunInfo run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", run.id());
        tree.put("workflow", run.workflow());
        tree.put("version", run.version());
        tree.put("status", run.status().name());
        tree.put("reason", run.reason().map(Trees::of).orElse(null));
        tree.put("progress", run.progress());
        tree.put("created", run.created().toString());
        tree.put("started", iso(run.started()));
        tree.put("ended", iso(run.ended()));
        tree.put("error", run.error().orElse(null));
        tree.put("labels", run.labels());
        tree.put("parent", run.parent().orElse(null));
        tree.put("origin", run.origin().orElse(null));
        return tree;
    }

    /** What there is of a run, under a name. */
    public static Map<String, Object> ofRun(String run, String name, Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run);
        tree.put(name, value);
        return tree;
    }

    /** Everything about a run, except what its steps put out. */
    public static Map<String, Object> of(RunDetails run) {
        Map<String, Object> tree = of((RunInfo) run);
        tree.put("message", run.message().orElse(null));
        tree.put("complaints", run.complaints());
        tree.put("input", run.input());
        tree.put("steps", run.steps().stream().map(Trees::of).toList());
        return tree;
    }

    private static Map<String, Object> of(StepInfo step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", step.name());
        tree.put("task", step.task());
        tree.put("status", step.status().name());
        tree.put("reason", step.reason().map(Trees::of).orElse(null));
        tree.put("attempts", step.attempts());
        tree.put("items", step.items().orElse(null));
        tree.put("itemsCompleted", step.itemsCompleted());
        tree.put("itemsFailed", step.itemsFailed());
        tree.put("started", iso(step.started()));
        tree.put("ended", iso(step.ended()));
        tree.put("error", step.error().orElse(null));
        tree.put("message", step.message().orElse(null));
        return tree;
    }

    static Map<String, Object> of(Reason reason) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("code", reason.code());
        tree.put("subject", reason.subject());
        tree.put("since", iso(Optional.ofNullable(reason.since())));
        tree.put("until", iso(Optional.ofNullable(reason.until())));
        return tree;
    }

    /** One entry of a journal. */
    public static Map<String, Object> of(HistoryEntry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sequence", entry.sequence());
        tree.put("type", entry.type());
        tree.put("at", entry.at().toString());
        tree.put("body", entry.body());
        return tree;
    }

    /** One line of a run's log. */
    public static Map<String, Object> of(LogLine line) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("at", line.at().toString());
        tree.put("level", line.level());
        tree.put("step", line.step());
        tree.put("attempt", line.attempt());
        tree.put("text", line.text());
        return tree;
    }

    /** One task. */
    public static Map<String, Object> of(TaskInfo task) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", task.name());
        tree.put("version", task.version());
        tree.put("bundle", task.bundle());
        tree.put("running", task.running());
        tree.put("complaints", task.complaints());
        tree.put("problem", task.problem().orElse(null));
        return tree;
    }

    private static String iso(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
