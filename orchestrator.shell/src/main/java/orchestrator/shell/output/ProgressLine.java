package orchestrator.shell.output;

import java.util.stream.Collectors;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.StepStatus;

/** How far a run has come, on one line. */
final class ProgressLine {
    private static final int BAR = 20;

    private final Times times;
    private final Reasons reasons;

    ProgressLine(Times times) {
        this.times = times;
        this.reasons = new Reasons(times);
    }

    /** With a bar and the time that it has taken. */
    String bar(RunDetails run) {
        int full = Math.max(0, Math.min(BAR, run.progress() * BAR / 100));
        return "[%s%s] %3d%%  %s  %s"
                .formatted(
                        "#".repeat(full),
                        ".".repeat(BAR - full),
                        run.progress(),
                        times.took(run.started(), run.ended()),
                        now(run));
    }

    /** Without anything that changes by itself. */
    String plain(RunDetails run) {
        return "%s %d%% %s".formatted(run.status(), run.progress(), now(run)).strip();
    }

    private String now(RunDetails run) {
        String steps =
                run.steps().stream()
                        .filter(step -> isActive(step.status()))
                        .map(this::step)
                        .collect(Collectors.joining("; "));
        if (!steps.isEmpty() && run.status() != RunStatus.PAUSED) {
            return steps;
        }
        String reason = reasons.text(run.reason());
        return reason.isEmpty() && !run.status().isFinal() ? word(run.status()) : reason;
    }

    private String step(StepInfo step) {
        StringBuilder text = new StringBuilder(step.name());
        step.items()
                .ifPresent(
                        items -> {
                            text.append(' ').append(step.itemsCompleted() + step.itemsFailed());
                            text.append('/').append(items);
                            if (step.itemsFailed() > 0) {
                                text.append(" (").append(step.itemsFailed()).append(" failed)");
                            }
                        });
        if (step.items().isEmpty() && step.attempts() > 1) {
            text.append(" (attempt ").append(step.attempts()).append(')');
        }
        String says = step.message().orElseGet(() -> reasons.text(step));
        return (says.isEmpty() ? text : text.append(": ").append(says)).toString();
    }

    private static boolean isActive(StepStatus status) {
        return status == StepStatus.RUNNING
                || status == StepStatus.RETRYING
                || status == StepStatus.WAITING;
    }

    private static String word(RunStatus status) {
        return status == RunStatus.QUEUED ? "queued" : "";
    }
}
