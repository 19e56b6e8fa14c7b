package benchmarks;

import java.nio.charset.StandardCharsets;

/** The work that every contender does: trivial steps, each with a result of 200 bytes as JSON. */
public final class Work {
    /** How many steps a run has. */
    public static final int STEPS = 4;

    /** The bytes of one result as JSON. */
    public static final int RESULT_BYTES = 200;

    private static final String TEXT = "r".repeat(RESULT_BYTES - 2);

    private Work() {}

    /** What a step gives. */
    public static String result() {
        return TEXT;
    }

    /** The same as JSON, encoded anew. */
    public static byte[] encoded() {
        return ('"' + TEXT + '"').getBytes(StandardCharsets.UTF_8);
    }
}
