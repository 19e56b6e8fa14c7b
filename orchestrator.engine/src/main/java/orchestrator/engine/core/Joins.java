package orchestrator.engine.core;

/**
 * The rule of joins and skips: whether a step may begin, by what has become of the steps that it comes after. A step is
 * <em>done</em> if it completed, or failed and its run goes on all the same.
 */
final class Joins {
    /** What a step may do. */
    enum Gate {
        /** It has to wait. */
        CLOSED,
        /** It may begin. */
        OPEN,
        /** It never will: it is skipped. */
        NEVER
    }

    private Joins() {}

    static Gate of(StepState step) {
        return switch (step.step.rules().join().kind()) {
            case ALL_DONE -> step.open == 0 ? Gate.OPEN : Gate.CLOSED;
            case SOME -> some(step, step.step.rules().join().count());
            case ALL -> all(step);
        };
    }

    private static Gate all(StepState step) {
        if (step.open > 0) {
            return Gate.CLOSED;
        }
        return step.done > 0 || step.step.after().length == 0 ? Gate.OPEN : Gate.NEVER;
    }

    private static Gate some(StepState step, int count) {
        if (step.done >= count) {
            return Gate.OPEN;
        }
        return step.done + step.open < count ? Gate.NEVER : Gate.CLOSED;
    }
}
