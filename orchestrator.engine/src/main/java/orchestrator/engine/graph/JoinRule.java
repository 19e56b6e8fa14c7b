package orchestrator.engine.graph;

/**
 * What must have become of the steps that a step comes after.
 *
 * @param count how many of them must be done, if some are enough
 */
public record JoinRule(Kind kind, int count) {
    /** All must have ended, and one be done. */
    public static final JoinRule ALL = new JoinRule(Kind.ALL, 0);

    /** Which of them count. */
    public enum Kind {
        /** All must have ended, and one be done. */
        ALL,
        /** Some must be done. */
        SOME,
        /** All must have ended, whatever has become of them. */
        ALL_DONE
    }

    /** The rule that a document says, which may be nothing. */
    static JoinRule of(Object spec) {
        if (spec instanceof Number count) {
            return new JoinRule(Kind.SOME, count.intValue());
        } else if ("any".equals(spec)) {
            return new JoinRule(Kind.SOME, 1);
        }
        return "all_done".equals(spec) ? new JoinRule(Kind.ALL_DONE, 0) : ALL;
    }

    /** Whether the step runs whatever has happened. */
    public boolean isAlways() {
        return kind == Kind.ALL_DONE;
    }
}
