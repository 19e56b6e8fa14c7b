package orchestrator.engine.graph;

/**
 * What a step says about whether and when it runs, and about its failure.
 *
 * @param join what must have become of the steps that it comes after
 * @param when its condition, or null
 * @param condition the condition as it is written, or null
 * @param goesOn whether its run goes on when it fails
 * @param failedItems how many failed items leave it going on
 * @param repeat how often it runs, or null for once
 * @param role its part in the workflow
 * @param compensation the place of the step that undoes it, or {@link #NONE_THERE}
 * @param compensates the place of the step that it undoes, or {@link #NONE_THERE}
 */
public record StepRules(
        JoinRule join,
        Expression when,
        String condition,
        boolean goesOn,
        FailedItemsRule failedItems,
        Repeat repeat,
        Role role,
        int compensation,
        int compensates) {

    /** In place of a step's place. */
    public static final int NONE_THERE = -1;

    /** Of a step that says nothing. */
    public static final StepRules NONE = beside(Role.STEP, NONE_THERE);

    /** The part of a step in its workflow. */
    public enum Role {
        /** A step of the graph. */
        STEP,
        /** Runs when the run fails. */
        ON_FAILURE,
        /** Undoes a step. */
        COMPENSATION
    }

    /** Of a step that says nothing and has that part. */
    static StepRules beside(Role role, int compensates) {
        return new StepRules(
                JoinRule.ALL,
                null,
                null,
                false,
                FailedItemsRule.of(null),
                null,
                role,
                NONE_THERE,
                compensates);
    }
}
