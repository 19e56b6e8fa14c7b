package orchestrator.engine.core;

import static orchestrator.api.run.StepStatus.CANCELLED;
import static orchestrator.api.run.StepStatus.COMPENSATED;
import static orchestrator.api.run.StepStatus.COMPLETED;
import static orchestrator.api.run.StepStatus.FAILED;
import static orchestrator.api.run.StepStatus.PENDING;
import static orchestrator.api.run.StepStatus.RETRYING;
import static orchestrator.api.run.StepStatus.RUNNING;
import static orchestrator.api.run.StepStatus.SKIPPED;
import static orchestrator.api.run.StepStatus.WAITING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.StepStatus;

/** The life of a step as a table: which status may follow which. What is not in it is not a step's life. */
final class StepMoves {
    private static final Map<StepStatus, Set<StepStatus>> NEXT = new EnumMap<>(StepStatus.class);

    static {
        // completed: kept
        NEXT.put(PENDING, EnumSet.of(RUNNING, WAITING, SKIPPED, COMPLETED, FAILED, CANCELLED));
        NEXT.put(RUNNING, EnumSet.of(RUNNING, RETRYING, WAITING, COMPLETED, FAILED, CANCELLED));
        NEXT.put(RETRYING, EnumSet.of(RUNNING, RETRYING, WAITING, COMPLETED, FAILED, CANCELLED));
        NEXT.put(COMPLETED, EnumSet.of(COMPENSATED));
        NEXT.put(WAITING, EnumSet.of(RUNNING)); // it is ready first, whatever follows
    }

    private StepMoves() {}

    /** What may follow a status. */
    static Set<StepStatus> after(StepStatus status) {
        return NEXT.getOrDefault(status, Set.of());
    }

    /**
     * Moves a step.
     *
     * @throws UnknownEntryException if it cannot move there: the journal tells no life of a step
     */
    static void move(StepState step, StepStatus to) {
        if (!after(step.status).contains(to)) {
            throw new UnknownEntryException(
                    "Expected step '%s' to become one of %s after %s, but found %s"
                            .formatted(step.step.name(), after(step.status), step.status, to));
        }
        step.status = to;
    }
}
