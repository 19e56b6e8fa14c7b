package orchestrator.api;

/** When a step begins that comes after several others. */
public enum Join {
    /** When all have ended and at least one is done; a step whose others were all skipped is skipped. */
    ALL,
    /** As soon as one is done; if none is, the step is skipped. */
    ANY,
    /** When all have ended, whatever has become of them: also if they failed or were skipped. */
    ALL_DONE
}
