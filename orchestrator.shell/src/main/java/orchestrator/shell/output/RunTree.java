package orchestrator.shell.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StepInfo;
import orchestrator.shell.input.Beginnings;
import orchestrator.shell.input.StepRun;

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
     * The lines: in full if there is room; else what has finished well is summed up, and what goes on or has failed comes first.
     *
     * @param children the runs that its steps are, the oldest first
     * @param rows how many lines there is room for
     */
    List<String> lines(RunDetails run, List<StepRun> children, int rows) {
        List<String> lines = lines(run, children, false);
        return lines.size() <= rows ? lines : lines(run, children, true);
    }

    private List<String> lines(RunDetails run, List<StepRun> children, boolean brief) {
        List<String> lines = new ArrayList<>();
        lines.add(first(run));
        List<StepInfo> steps = new ArrayList<>(run.steps());
        List<String> done = new ArrayList<>();
        if (brief) {
            done = finished(steps.stream().map(step -> step.status().name()).toList(), " steps ");
            steps.removeIf(step -> isWell(step.status().name()));
            steps.sort(Comparator.comparing(step -> rank(step.status().name())));
        }
        done.forEach(text -> lines.add(branch + text));
        int width = steps.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        List<StepRun> left = new ArrayList<>(children);
        Beginnings ids =
                new Beginnings(
                        Stream.concat(
                                        Stream.of(run.id()),
                                        children.stream().map(child -> child.run().id()))
                                .toList());
        for (int i = 0; i < steps.size(); i++) {
            StepInfo step = steps.get(i);
            boolean isLast = i == steps.size() - 1;
            lines.add((isLast ? last : branch) + step(step, width));
            List<StepRun> runs = left.stream().filter(child -> isOf(child, step)).toList();
            left.removeAll(runs);
            List<String> under = children(runs, ids, brief);
            for (int j = 0; j < under.size(); j++) {
                String corner = j == under.size() - 1 ? last : branch;
                lines.add((isLast ? "   " : this.below) + corner + under.get(j));
            }
        }
        return lines.stream().map(Screen::oneLineKeepingIndent).toList();
    }

    private String first(RunDetails run) {
        return "%s  %s %s  %s %d%%  %s  %s"
                .formatted(
                        run.id(),
                        run.workflow(),
                        run.version(),
                        run.status(),
                        run.progress(),
                        times.took(run.started(), run.ended()),
                        run.error().orElseGet(() -> reasons.text(run.reason())))
                .stripTrailing();
    }

    private List<String> children(List<StepRun> runs, Beginnings ids, boolean brief) {
        List<StepRun> shown = new ArrayList<>(runs);
        List<String> lines = new ArrayList<>();
        if (brief) {
            shown.removeIf(child -> isWell(child.run().status().name()));
            shown.sort(Comparator.comparing(child -> rank(child.run().status().name())));
        }
        shown.forEach(child -> lines.add(child(child, ids.of(child.run().id()))));
        if (brief) {
            lines.addAll(
                    finished(
                            runs.stream().map(child -> child.run().status().name()).toList(), " "));
        }
        return lines;
    }

    /** How many have finished well, by status. */
    private static List<String> finished(List<String> statuses, String what) {
        Map<String, Long> counts =
                statuses.stream()
                        .filter(RunTree::isWell)
                        .collect(
                                Collectors.groupingBy(
                                        status -> status, TreeMap::new, Collectors.counting()));
        String text =
                counts.entrySet().stream()
                        .map(
                                count ->
                                        count.getValue()
                                                + (count.getValue() == 1
                                                        ? what.replace("steps", "step")
                                                        : what)
                                                + count.getKey().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static boolean isWell(String status) {
        return status.equals("COMPLETED") || status.equals("SKIPPED");
    }

    private static int rank(String status) {
        return switch (status) {
            case "RUNNING", "RETRYING" -> 0;
            case "FAILED" -> 1;
            case "WAITING", "PAUSED" -> 2;
            default -> 3;
        };
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
                                ? step.message().orElseGet(() -> reasons.text(step))
                                : step.reason().map(r -> plain(step, r)).orElse(""));
        parts.removeIf(String::isEmpty);
        return String.join("  ", parts);
    }

    private static String plain(StepInfo step, Reason reason) {
        String text = reason.code() + " " + reason.subject();
        return reason.code().equals("retry") ? text + Reasons.after(step) : text;
    }

    private String child(StepRun child, String id) {
        RunInfo run = child.run();
        return "%srun %s  %s %d%%  %s"
                .formatted(
                        child.item().map(item -> "[" + item + "] ").orElse(""),
                        id,
                        run.status(),
                        run.progress(),
                        run.error().orElseGet(() -> reasons.text(run.reason())))
                .stripTrailing();
    }

    /** One whose beginning cannot be read belongs to the first step that its workflow can be of. */
    private static boolean isOf(StepRun child, StepInfo step) {
        return child.step()
                .map(step.name()::equals)
                .orElseGet(() -> step.task().equals("workflow:" + child.run().workflow()));
    }
}
