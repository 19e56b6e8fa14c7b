package orchestrator.api.run;

/**
 * A call was refused and changed nothing: unknown workflow, wrong input, unknown run, the same start key with another
 * input, or a store that is away. The message says what was expected and found, and what to do.
 */
public class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code {@code unknown-workflow}, {@code broken-workflow}, {@code unknown-task}, {@code unknown-run}, {@code unknown-entry}, {@code not-failed}, {@code damaged},
     *     {@code input}, {@code start-key}, {@code store}, {@code busy}, {@code stopping}; may grow
     */
    public RefusedException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** What kind of refusal it is, for machines. */
    public String code() {
        return code;
    }
}
