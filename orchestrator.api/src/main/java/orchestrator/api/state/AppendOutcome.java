package orchestrator.api.state;

/** What became of an append. Only {@link #APPENDED} has changed anything. */
public enum AppendOutcome {
    /** It is stored. */
    APPENDED,
    /** The node does not own the run with that epoch. */
    FENCED,
    /** The journal does not end where the append begins. */
    CONFLICT,
    /** It would release or end the run, but a newer message waits. */
    MAIL
}
