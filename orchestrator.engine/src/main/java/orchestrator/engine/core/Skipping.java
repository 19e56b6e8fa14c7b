package orchestrator.engine.core;

import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.StepRules;

/** Whether a step that is to begin is skipped: because of what it comes after, or by its condition. */
final class Skipping {
    private Skipping() {}

    /**
     * Why a step is skipped, as its entry says it.
     *
     * @return null if it runs
     * @throws ExpressionException if its condition gives neither true nor false
     */
    static String why(RunState run, StepState step) {
        if (Joins.of(step) == Joins.Gate.NEVER) {
            return Fact.StepSkipped.BY_JOIN;
        }
        StepRules rules = step.step.rules();
        if (rules.when() == null
                || isTrue("when", rules.when().evaluate(new RunScope(run, null, null, false)))) {
            return null;
        }
        return Fact.StepSkipped.BY_CONDITION;
    }

    /** The value of a condition. */
    static boolean isTrue(String key, Object value) {
        if (value instanceof Boolean holds) {
            return holds;
        }
        throw new ExpressionException(
                "Expected '%s' to give true or false, but found %s"
                        .formatted(key, value == null ? "nothing" : value));
    }
}
