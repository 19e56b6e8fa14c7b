package orchestrator.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.Migration;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepChange;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.StepStatus;
import orchestrator.api.run.TaskInfo;
import orchestrator.api.run.TimelineEntry;
import orchestrator.api.run.WorkflowInfo;

/** Values that the services could answer. */
public final class Samples {
    /** When the sample runs began. */
    public static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

    private Samples() {}

    /** A registered workflow. */
    public record SampleWorkflow(
            String name,
            String version,
            String source,
            String hash,
            Map<String, Object> document,
            List<String> steps,
            List<String> problems,
            List<String> missingTasks,
            boolean isCurrent)
            implements WorkflowInfo {

        /** The same, with that wrong. */
        public SampleWorkflow withProblems(List<String> all) {
            return new SampleWorkflow(
                    name, version, source, hash, document, steps, all, missingTasks, isCurrent);
        }

        /** The same, which says that. */
        public SampleWorkflow withDocument(Map<String, Object> other) {
            return new SampleWorkflow(
                    name, version, source, hash, other, steps, problems, missingTasks, isCurrent);
        }
    }

    /** A run, with what its steps put out. */
    public record SampleRun(
            String id,
            String workflow,
            String version,
            RunStatus status,
            Optional<Reason> reason,
            int progress,
            Instant created,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> error,
            Map<String, String> labels,
            List<StepInfo> steps,
            Map<String, Object> input,
            Map<String, Object> outputs)
            implements RunDetails {
        private static final String PARENT = "parent";

        @Override
        public Optional<String> parent() {
            return Optional.ofNullable(labels.get(PARENT));
        }

        @Override
        public Optional<Object> output() {
            return Optional.ofNullable(outputs.get(""));
        }

        @Override
        public Optional<String> message() {
            return Optional.ofNullable(labels.get("message"));
        }

        @Override
        public List<String> complaints() {
            return labels.containsKey("complaint") ? List.of(labels.get("complaint")) : List.of();
        }

        @Override
        public Optional<String> origin() {
            return Optional.ofNullable(labels.get("origin"));
        }

        /** The same run, as the child of another. */
        public SampleRun startedBy(String parent) {
            return with(Map.of(PARENT, parent), outputs);
        }

        /** The same run, which gives that. */
        public SampleRun giving(Object output) {
            return with(labels, Map.of("", output));
        }

        /** The same run, of which there is something to complain. */
        public SampleRun complaining(String complaint) {
            return with(Map.of("complaint", complaint), outputs);
        }

        /** The same run, with that label and no other. */
        public SampleRun labelled(String key, String value) {
            return with(Map.of(key, value), outputs);
        }

        private SampleRun with(Map<String, String> newLabels, Map<String, Object> newOutputs) {
            return new SampleRun(
                    id,
                    workflow,
                    version,
                    status,
                    reason,
                    progress,
                    created,
                    started,
                    ended,
                    error,
                    newLabels,
                    steps,
                    input,
                    newOutputs);
        }

        @Override
        public Optional<Object> output(String step) {
            return Optional.ofNullable(outputs.get(step));
        }

        /** The same run in another status. */
        public SampleRun in(RunStatus newStatus, int newProgress) {
            return new SampleRun(
                    id,
                    workflow,
                    version,
                    newStatus,
                    reason,
                    newProgress,
                    created,
                    started,
                    newStatus.isFinal() ? Optional.of(START.plusSeconds(65)) : Optional.empty(),
                    newStatus == RunStatus.FAILED ? Optional.of("the disk is full") : error,
                    labels,
                    steps,
                    input,
                    outputs);
        }

        /** The same run with other steps. */
        public SampleRun with(StepInfo... newSteps) {
            return new SampleRun(
                    id,
                    workflow,
                    version,
                    status,
                    reason,
                    progress,
                    created,
                    started,
                    ended,
                    error,
                    labels,
                    List.of(newSteps),
                    input,
                    outputs);
        }

        /** The same run, which does not go on. */
        public SampleRun because(Reason newReason) {
            return new SampleRun(
                    id,
                    workflow,
                    version,
                    status,
                    Optional.of(newReason),
                    progress,
                    created,
                    started,
                    ended,
                    error,
                    labels,
                    steps,
                    input,
                    outputs);
        }
    }

    /** A step of a run. */
    public record SampleStep(
            String name,
            String task,
            StepStatus status,
            Optional<Reason> reason,
            int attempts,
            Optional<Integer> items,
            int itemsCompleted,
            int itemsFailed,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> error,
            Optional<String> message)
            implements StepInfo {}

    /** A migration. */
    public record SampleMigration(
            String runId,
            String from,
            String to,
            List<StepChange> changes,
            List<String> differences,
            List<String> refusals,
            boolean isDone)
            implements Migration {}

    /** A run that is looked into. */
    public record SampleDebug(RunInfo run, List<Explanation> why, List<TimelineEntry> timeline)
            implements RunDebug {}

    /** What an entry tells. */
    public record SampleTold(
            long sequence, Instant at, String step, String text, Optional<Duration> took)
            implements TimelineEntry {}

    /** How a step differs. */
    public record SampleChange(String step, Kind kind, StepStatus status, List<String> details)
            implements StepChange {}

    /** An entry of a journal. */
    public record SampleEntry(long sequence, String type, Instant at, Map<String, Object> body)
            implements HistoryEntry {}

    /** A task. */
    public record SampleTask(
            String name, String version, String bundle, int running, Optional<String> problem)
            implements TaskInfo {
        @Override
        public List<String> complaints() {
            return running > 1 ? List.of("1 bodies ignore their interrupt") : List.of();
        }
    }

    /** A current workflow of two steps that declares its inputs. */
    public static SampleWorkflow report(String version, boolean current) {
        return new SampleWorkflow(
                "report",
                version,
                "report.workflow.yaml",
                "0123456789abcdef",
                Map.of(
                        "workflow",
                        "report",
                        "version",
                        version,
                        "priority",
                        5L,
                        "input",
                        Map.of(
                                "required", List.of("path"),
                                "properties",
                                        Map.of(
                                                "path", Map.of("type", "string"),
                                                "limit", Map.of("type", "integer", "default", 10))),
                        "steps",
                        Map.of(
                                "read", Map.of("task", "knowledge.read"),
                                "write",
                                        Map.of(
                                                "task",
                                                "knowledge.write",
                                                "after",
                                                List.of("read"),
                                                "retry",
                                                Map.of("attempts", 3)))),
                List.of("read", "write"),
                List.of(),
                List.of(),
                current);
    }

    /** A workflow that cannot be used. */
    public static SampleWorkflow broken() {
        return broken("broken", "broken.workflow.yaml");
    }

    /** A workflow of that name that cannot be used. */
    public static SampleWorkflow broken(String name, String source) {
        return new SampleWorkflow(
                name,
                "",
                source,
                "",
                Map.of(),
                List.of(),
                List.of("line 3: Expected the key 'task', but it is missing."),
                List.of(),
                false);
    }

    /** A run of {@code report} that has begun. */
    public static SampleRun run(String id) {
        return new SampleRun(
                id,
                "report",
                "1.0.0",
                RunStatus.RUNNING,
                Optional.empty(),
                40,
                START,
                Optional.of(START.plusSeconds(5)),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(
                        step("read", StepStatus.COMPLETED, null),
                        step("write", StepStatus.RUNNING, "page 3")),
                Map.of("path", "/tmp"),
                Map.of("read", Map.of("documents", 12), "task", List.of(1, "zwei")));
    }

    /** A step. */
    public static SampleStep step(String name, StepStatus status, String message) {
        return new SampleStep(
                name,
                "knowledge." + name,
                status,
                Optional.empty(),
                1,
                Optional.empty(),
                0,
                0,
                Optional.of(START),
                status.isFinal() ? Optional.of(START.plusSeconds(2)) : Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(message));
    }

    /** A step that is tried again. */
    public static SampleStep retrying(String name, String error) {
        return new SampleStep(
                name,
                "knowledge." + name,
                StepStatus.RETRYING,
                Optional.of(new Reason("retry", "attempt 2", START, START.plusSeconds(60))),
                2,
                Optional.empty(),
                0,
                0,
                Optional.of(START),
                Optional.empty(),
                Optional.of(error),
                Optional.empty());
    }

    /** A step that waits for something. */
    public static SampleStep waiting(String name, String what) {
        return new SampleStep(
                name,
                what,
                StepStatus.WAITING,
                Optional.empty(),
                1,
                Optional.empty(),
                0,
                0,
                Optional.of(START),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A step over many items. */
    public static SampleStep forEach(String name, int items, int completed, int failed) {
        return new SampleStep(
                name,
                "knowledge." + name,
                StepStatus.RUNNING,
                Optional.empty(),
                completed + failed,
                Optional.of(items),
                completed,
                failed,
                Optional.of(START),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
