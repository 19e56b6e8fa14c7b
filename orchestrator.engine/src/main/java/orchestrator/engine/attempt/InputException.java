package orchestrator.engine.attempt;

/** A task asked for an input or output of a type that the value does not fit. */
final class InputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
