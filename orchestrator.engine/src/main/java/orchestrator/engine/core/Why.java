package orchestrator.engine.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.definition.TaskReference;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;

/** Why a run stands where it stands: a function of its state, and of what is around it. Pure; there is always an answer. */
public final class Why {
    private static final int STEPS = 20;

    private final RunState run;
    private final Instant now;
    private final Around around;
    private final List<Explanation> all = new ArrayList<>();

    /**
     * What is around a run.
     *
     * @param node the node that is asked
     * @param isHere whether the run is in its memory
     * @param bodies how many attempts are in their bodies here, by step
     * @param runs how many runs of that node are active, and how many may be
     * @param tasks how many of its attempts are in progress, and how many may be
     * @param queued how many runs are queued in the store
     * @param owner whose run it is, if it is not in memory here; or null
     */
    public record Around(
            String node,
            boolean isHere,
            Map<String, Integer> bodies,
            Room runs,
            Room tasks,
            long queued,
            Owner owner) {}

    /** How much room is taken. */
    public record Room(int taken, int limit) {
        boolean isFull() {
            return taken >= limit;
        }
    }

    /** The node that owns a run, and until when. */
    public record Owner(String node, Instant until, boolean isExpired) {}

    private Why(RunState run, Instant now, Around around) {
        this.run = run;
        this.now = now;
        this.around = around;
    }

    /** The answer, the most important first. */
    public static List<Explanation> of(RunState run, Instant now, Around around) {
        Why why = new Why(run, now, around);
        why.explain();
        return List.copyOf(why.all);
    }

    private void explain() {
        if (run.end != null) {
            ended();
            return;
        }
        if (around.owner() != null && around.owner().isExpired()) {
            lostOwner(around.owner());
        }
        if (run.hold.isPaused()) {
            add(
                    "pause",
                    "",
                    run.hold.pausedAt(),
                    null,
                    "It is paused since %s: run:resume lets it go on"
                            .formatted(run.hold.pausedAt()));
        } else if (run.hold.isQuarantined()) {
            add(
                    "quarantined",
                    run.hold.quarantine(),
                    run.hold.quarantinedAt(),
                    null,
                    "It is held since %s, because going on seems to do harm (%s): run:resume lets it try again"
                            .formatted(run.hold.quarantinedAt(), run.hold.quarantine()));
        } else if (run.startedAt == null) {
            queued();
        } else {
            steps();
        }
        if (all.isEmpty()) {
            boolean elsewhere = !around.isHere() && around.owner() != null;
            add(
                    "running",
                    elsewhere ? around.owner().node() : around.node(),
                    run.newsAt,
                    null,
                    elsewhere
                            ? "It is at work on node " + around.owner().node()
                            : "Nothing stands in its way: it goes on at the next look of a node, within about a second");
        }
    }

    private void ended() {
        boolean closed = run.closed;
        add(
                closed ? "ended" : "ending",
                run.end().name(),
                run.end.at(),
                null,
                "It has ended as %s at %s%s%s"
                        .formatted(
                                run.end(),
                                run.end.at(),
                                run.error() == null ? "" : ": " + run.error(),
                                closed ? "" : "; others are still to be told"));
        if (closed && run.end() != RunStatus.COMPLETED && run.created().parent() == null) {
            add(
                    "ended",
                    "retry",
                    run.end.at(),
                    null,
                    "run:retry tries its unfinished steps again, and keeps what has finished");
        }
    }

    private void lostOwner(Owner owner) {
        add(
                "owner",
                owner.node(),
                owner.until(),
                null,
                "Its node %s has not renewed its lease, which ended at %s: another node takes it over at its next look"
                        .formatted(owner.node(), owner.until()));
    }

    private void queued() {
        Room runs = around.runs();
        add(
                "queue",
                "max.concurrent.workflows",
                run.createdAt,
                null,
                runs.isFull()
                        ? "It is in the queue (%s): node %s has %s of at most %,d (max.concurrent.workflows)"
                                .formatted(
                                        count(around.queued(), "run"),
                                        around.node(),
                                        count(runs.taken(), "active run"),
                                        runs.limit())
                        : "It is in the queue (%s): a node with room begins it at its next look, within about a second"
                                .formatted(count(around.queued(), "run")));
    }

    private void steps() {
        for (StepState step : run.steps()) {
            if (all.size() >= STEPS) {
                return;
            }
            boolean active = !step.status.isFinal() && step.status != StepStatus.PENDING;
            if (active) {
                step(step);
            }
        }
        room();
    }

    /** What could begin, if the run itself could have more in flight. */
    private void room() {
        int begun = run.fanningOut.stream().mapToInt(place -> unbegun(run.step(place))).sum();
        if (run.hasRoom() || (run.ready.isEmpty() && begun == 0)) {
            return;
        }
        add(
                "concurrency",
                "",
                run.startedAt,
                null,
                "%s and %s wait for room: the run was started with at most %s in flight at once"
                        .formatted(
                                count(run.ready.size(), "step"),
                                count(begun, "item"),
                                count(run.created().concurrency(), "attempt")));
    }

    private static int unbegun(StepState step) {
        return step.items == null ? 0 : step.items.length - step.next;
    }

    private void step(StepState step) {
        String name = step.step.name();
        if (step.isWaiting()) {
            waiting(step);
            return;
        }
        int scheduled = 0;
        int later = 0;
        Instant next = null;
        for (int item = step.items == null ? Fact.NO_ITEM : 0;
                item < (step.items == null ? 0 : step.next);
                item++) {
            Cell cell = step.cell(item);
            if (cell.stage == Cell.Stage.SCHEDULED) {
                boolean isLater = cell.notBefore != null && cell.notBefore.isAfter(now);
                scheduled += isLater ? 0 : 1;
                later += isLater ? 1 : 0;
                if (isLater && (next == null || cell.notBefore.isBefore(next))) {
                    next = cell.notBefore;
                }
            }
        }
        if (scheduled > 0) {
            atWork(step, scheduled);
        }
        if (later > 0) {
            String last = step.errorCode == null ? "" : ", after " + step.error();
            add(
                    "retry",
                    name,
                    step.started,
                    next,
                    "Step '%s' tries %s again at %s%s"
                            .formatted(
                                    name,
                                    step.items == null ? "" : "%,d of its items".formatted(later),
                                    next,
                                    last)
                            .replace("  ", " "));
        }
    }

    private static String missing(TaskReference task) {
        return task.isRanged()
                ? "task '%s' in a version of %s, which no plugin offers"
                        .formatted(task.name(), task.toString().substring(task.name().length() + 1))
                : "task '%s', which no plugin offers".formatted(task.name());
    }

    private void waiting(StepState step) {
        String subject = step.waitSubject == null ? "" : step.waitSubject;
        String what =
                switch (step.waitCode) {
                    case "task" -> missing(step.step.task());
                    case "workflow" -> "workflow '%s', which nobody offers".formatted(subject);
                    case StepState.SIGNAL -> "signal '%s'".formatted(subject);
                    case StepState.TIMER -> "its time";
                    default -> subject.isEmpty() ? step.waitCode : step.waitCode + " " + subject;
                };
        Instant until = step.waitUntil;
        boolean endsBefore =
                run.deadline != null && (until == null || run.deadline.isBefore(until));
        add(
                step.waitCode,
                subject,
                step.waitSince,
                until,
                "Step '%s' waits for %s, since %s%s%s"
                        .formatted(
                                step.step.name(),
                                what,
                                step.waitSince,
                                until == null ? "" : ", until " + until,
                                endsBefore
                                        ? "; the time of the whole run is up at " + run.deadline
                                        : ""));
    }

    private void atWork(StepState step, int scheduled) {
        String name = step.step.name();
        if (step.step.isSubWorkflow()) {
            add(
                    "children",
                    step.step.workflow(),
                    step.started,
                    run.deadline,
                    "Step '%s' waits for %,d of its runs of %s"
                            .formatted(name, scheduled, step.step.workflow()));
            return;
        }
        int bodies = Math.min(scheduled, around.bodies().getOrDefault(name, 0));
        if (!around.isHere()) {
            Owner owner = around.owner();
            add(
                    "running",
                    name,
                    step.started,
                    null,
                    "Step '%s' has %s to be made%s"
                            .formatted(
                                    name,
                                    count(scheduled, "attempt"),
                                    owner == null ? "" : " on node " + owner.node()));
            return;
        }
        if (bodies > 0) {
            add(
                    "running",
                    name,
                    step.started,
                    null,
                    "Step '%s' has %s in progress on node %s, the first was scheduled at %s"
                            .formatted(
                                    name, count(bodies, "attempt"), around.node(), step.started));
        }
        if (scheduled > bodies) {
            Room tasks = around.tasks();
            add(
                    "slot",
                    name,
                    step.started,
                    null,
                    tasks.isFull()
                            ? "Step '%s' has %s for a slot: node %s has %,d in progress of at most %,d (max.concurrent.tasks)"
                                    .formatted(
                                            name,
                                            count(scheduled - bodies, "attempt")
                                                    + (scheduled - bodies == 1
                                                            ? " that waits"
                                                            : " that wait"),
                                            around.node(),
                                            tasks.taken(),
                                            tasks.limit())
                            : "Step '%s' has %s about to begin"
                                    .formatted(name, count(scheduled - bodies, "attempt")));
        }
    }

    private static String count(long number, String thing) {
        return "%,d %s%s".formatted(number, thing, number == 1 ? "" : "s");
    }

    private void add(String code, String subject, Instant since, Instant until, String text) {
        all.add(new Explanation(new Reason(code, subject, since, until), text));
    }
}
