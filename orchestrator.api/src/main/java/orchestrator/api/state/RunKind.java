package orchestrator.api.state;

/** Whose run it is. */
public enum RunKind {
    /** Started by people, programs or triggers. */
    USER,
    /** Kept by the platform for itself. */
    SYSTEM
}
