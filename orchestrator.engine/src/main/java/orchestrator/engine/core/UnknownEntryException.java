package orchestrator.engine.core;

/** An entry of a journal cannot be read by this release. */
public final class UnknownEntryException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** With what was expected and found. */
    public UnknownEntryException(String message) {
        super(message);
    }
}
