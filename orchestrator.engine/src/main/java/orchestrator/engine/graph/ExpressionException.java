package orchestrator.engine.graph;

/** An expression is wrong, or has no value in its scope. */
public final class ExpressionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With what was expected and found. */
    public ExpressionException(String message) {
        super(message);
    }
}
