package orchestrator.shell.output;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StepInfo;

/** A run, its steps, and below them the runs that they are, a line each. */
final class RunTree {
    private final Times times;
    private final Reasons reasons;
    private final String branch;
    private final String last;
    private final String below;

    RunTree(Screen screen, Times times) {
        this.times = times;
        this.reasons = new Reasons(times);
        boolean lines = screen.charset().newEncoder().canEncode("├└│");
        this.branch = lines ? "├─ " : "|- ";
        this.last = lines ? "└─ " : "`- ";
        this.below = lines ? "│  " : "|  ";
    }

    /**
     * The lines.
     *
     * @param children the runs that its steps are
     */
    List<String> lines(RunDetails run, List<RunInfo> children) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s  %s %s  %s %d%%  %s  %s"
                        .formatted(
                                run.id(),
                                run.workflow(),
                                run.version(),
                                run.status(),
                                run.progress(),
                                times.took(run.started(), run.ended()),
                                run.error().orElseGet(() -> reasons.text(run.reason())))
                        .stripTrailing());
        int width = run.steps().stream().mapToInt(s -> s.name().length()).max().orElse(0);
        for (int i = 0; i < run.steps().size(); i++) {
            StepInfo step = run.steps().get(i);
            boolean isLast = i == run.steps().size() - 1;
            lines.add((isLast ? last : branch) + step(step, width));
            List<RunInfo> runs = ofStep(step, children);
            for (int j = 0; j < runs.size(); j++) {
                String corner = j == runs.size() - 1 ? last : branch;
                lines.add((isLast ? "   " : below) + corner + child(runs.get(j)));
            }
        }
        return lines.stream().map(Screen::oneLineKeepingIndent).toList();
    }

    private String step(StepInfo step, int width) {
        return ("%-" + Math.max(1, width) + "s  %-9s  %s")
                .formatted(step.name(), step.status(), what(step, true))
                .stripTrailing();
    }

    /** What changes when something happens, and not by itself. */
    String plain(StepInfo step) {
        return "%s %s %s".formatted(step.name(), step.status(), what(step, false)).strip();
    }

    private String what(StepInfo step, boolean withTimes) {
        List<String> parts = new ArrayList<>();
        step.items()
                .ifPresent(
                        items ->
                                parts.add(
                                        "%d/%d%s"
                                                .formatted(
                                                        step.itemsCompleted() + step.itemsFailed(),
                                                        items,
                                                        step.itemsFailed() > 0
                                                                ? ", "
                                                                        + step.itemsFailed()
                                                                        + " failed"
                                                                : "")));
        if (step.items().isEmpty() && step.attempts() > 1) {
            parts.add("attempt " + step.attempts());
        }
        if (withTimes) {
            parts.add(times.took(step.started(), step.ended()));
        }
        parts.add(
                step.status().isFinal()
                        ? step.error().orElse("")
                        : withTimes
                                ? step.message().orElseGet(() -> reasons.text(step.reason()))
                                : step.reason().map(r -> r.code() + " " + r.subject()).orElse(""));
        parts.removeIf(String::isEmpty);
        return String.join("  ", parts);
    }

    private String child(RunInfo run) {
        return "run %s  %s %d%%  %s"
                .formatted(
                        run.id(),
                        run.status(),
                        run.progress(),
                        run.error().orElseGet(() -> reasons.text(run.reason())))
                .stripTrailing();
    }

    private static List<RunInfo> ofStep(StepInfo step, List<RunInfo> children) {
        String prefix = "workflow:";
        if (!step.task().startsWith(prefix)) {
            return List.of();
        }
        String workflow = step.task().substring(prefix.length());
        return children.stream().filter(run -> run.workflow().equals(workflow)).toList();
    }
}
