package orchestrator.shell.doctor;

/**
 * Something that does not work, or may do harm.
 *
 * @param severity how bad it is
 * @param check what was looked at when it was found: {@code bundles}, {@code store} and the like
 * @param what what is wrong, for people
 * @param action what to do, for people
 */
public record Trouble(Severity severity, String check, String what, String action) {

    /** How bad it is. The order is that in which troubles are shown. */
    public enum Severity {
        /** It does not work. */
        ERROR,
        /** It works, but something waits, or harm may come of it. */
        WARNING
    }
}
