package orchestrator.api.definition;

import java.util.List;
import java.util.Map;

/** Checks that a step does one thing, and that what else it says fits that. */
final class StepCheck {
    /** What a step does. */
    private static final List<String> WORK = List.of("task", "workflow", "wait", "waitFor");

    /** What says how attempts are made: a step that waits makes none. */
    private static final List<String> OF_ATTEMPTS =
            List.of(
                    "input",
                    "retry",
                    "timeout",
                    "stepTimeout",
                    "queueTimeout",
                    "heartbeat",
                    "cache",
                    "bundle",
                    "forEach",
                    "concurrency",
                    "failedItems",
                    "repeat");

    /** What only the body of a task can obey. */
    private static final List<String> OF_TASKS = List.of("heartbeat", "cache", "bundle");

    private final Problems problems;
    private final Path path;

    StepCheck(Problems problems, Path path) {
        this.problems = problems;
        this.path = path;
    }

    void check(Map<?, ?> step) {
        List<String> work = WORK.stream().filter(step::containsKey).toList();
        if (work.isEmpty()) {
            problems.add(
                    path,
                    "Expected one of the keys 'task', 'workflow', 'wait' and 'waitFor', but all are missing.");
        } else if (work.size() > 1) {
            problems.add(
                    path.to(work.get(1)),
                    "Expected either '%s' or '%s', but found both."
                            .formatted(work.get(0), work.get(1)));
        } else if (work.get(0).startsWith("wait")) {
            refuse(OF_ATTEMPTS, "'task' or 'workflow'", step, work.get(0));
        } else if (work.get(0).equals("workflow")) {
            refuse(OF_TASKS, "'task'", step, work.get(0));
        }
    }

    private void refuse(List<String> keys, String beside, Map<?, ?> step, String work) {
        for (String key : keys) {
            if (step.containsKey(key)) {
                problems.add(
                        path.to(key),
                        "Expected '%s' beside %s, but the step has '%s'."
                                .formatted(key, beside, work));
            }
        }
    }
}
