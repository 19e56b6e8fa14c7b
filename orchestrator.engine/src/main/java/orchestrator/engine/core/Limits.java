package orchestrator.engine.core;

/** Limits on what comes in ({@code DESIGN}: limits on input). */
public final class Limits {
    /** The largest payload, in bytes. */
    public static final int MAX_PAYLOAD = 2 << 20;

    /** Payloads from this size on are warned of, in bytes. */
    public static final int LARGE_PAYLOAD = 512 << 10;

    /** The most entries of a journal. */
    public static final long MAX_JOURNAL = 1_000_000;

    /** Journals from this length on are warned of, in entries. */
    public static final long LARGE_JOURNAL = 100_000;

    /** The longest text of an error, in characters. */
    public static final int MAX_ERROR = 4096;

    /** The most runs above a run. */
    public static final int MAX_DEPTH = 16;

    /** The code of a failure because a run would have had more runs above it; trying again does not help. */
    public static final String TOO_DEEP = "depth";

    /** The code of a failure because an attempt has waited for too long for its task or a slot. */
    public static final String QUEUE_TIMEOUT = "queue-timeout";

    /** The code of a failure because a run has ended, and its journal cannot be read. */
    public static final String LOST = "lost";

    private Limits() {}

    /** A text of an error, cut to its limit. */
    public static String error(String text) {
        String shown = text == null ? "(no message)" : text;
        return shown.length() > MAX_ERROR ? shown.substring(0, MAX_ERROR - 1) + "…" : shown;
    }
}
