package orchestrator.shell.output;

import java.util.Optional;
import orchestrator.api.run.Reason;
import orchestrator.api.run.StepInfo;

/** Why something does not go on right now, as a clause for people. */
final class Reasons {
    private final Times times;

    Reasons(Times times) {
        this.times = times;
    }

    String text(Optional<Reason> reason) {
        return reason.map(this::text).orElse("");
    }

    /** Why a step does not go on; if it is tried again, with what went wrong. */
    String text(StepInfo step) {
        String text = text(step.reason());
        boolean again = step.reason().map(Reason::code).equals(Optional.of("retry"));
        return text + (again ? after(step) : "");
    }

    /** What went wrong, as what follows it says. */
    static String after(StepInfo step) {
        return step.error().map(error -> ", after " + error).orElse("");
    }

    String text(Reason reason) {
        String subject = reason.subject() == null ? "" : reason.subject();
        return switch (reason.code()) {
            case "slot" -> "waits for a free slot" + of(" for ", subject);
            case "retry" -> "tries again" + until(reason) + of(": ", subject);
            case "repeat" -> "repeats" + until(reason) + of(": ", subject);
            case "compensating" -> "undoes step " + subject;
            case "task" -> "waits for task " + subject + ", which no plugin offers now";
            case "workflow" -> "waits for workflow " + subject + ", which is not there now";
            case "timer" -> "waits" + until(reason);
            case "signal" -> "waits for signal " + subject + since(reason) + limit(reason);
            case "children" -> "waits for its runs of " + subject;
            case "child" -> "waits for run " + subject;
            case "ending" -> "ends as " + subject;
            case "condition" -> "its condition was false" + of(": ", subject);
            case "skipped" -> "what it comes after was skipped";
            case "pause" -> "paused" + of(" by ", subject) + " " + times.ago(reason.since());
            case "store" -> "waits for the store";
            case "quarantined" -> "quarantined, run:resume tries again" + of(": ", subject);
            default -> reason.code() + of(" ", subject) + until(reason);
        };
    }

    private static String since(Reason reason) {
        return " since " + Times.exact(reason.since());
    }

    private static String limit(Reason reason) {
        return reason.until() == null ? "" : " until " + Times.exact(reason.until());
    }

    private String until(Reason reason) {
        return reason.until() == null ? "" : " " + times.ago(reason.until());
    }

    private static String of(String word, String subject) {
        return subject.isEmpty() ? "" : word + subject;
    }
}
