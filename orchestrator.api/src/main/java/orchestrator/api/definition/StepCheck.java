package orchestrator.api.definition;

import java.util.List;
import java.util.Map;

/** Checks that a step does one thing, and that what else it says fits that. */
final class StepCheck {
    /** What a step does. */
    private static final List<String> WORK = List.of("task", "workflow", "wait", "waitFor");

    /** What says how attempts are made: a step that waits makes none. */
    private static final List<String> OF_ATTEMPTS =
            List.of("input", "retry", "timeout", "forEach", "concurrency", "failedItems");

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
            for (String key : OF_ATTEMPTS) {
                if (step.containsKey(key)) {
                    problems.add(
                            path.to(key),
                            "Expected '%s' beside 'task' or 'workflow', but the step has '%s'."
                                    .formatted(key, work.get(0)));
                }
            }
        }
    }
}
