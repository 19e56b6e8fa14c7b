package orchestrator.definitions;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Reads plain scalars by the core schema of YAML 1.2: {@code yes}, {@code 1_000} and dates are texts. */
final class Scalars {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");

    /** Longer ones are refused: reading a number takes the square of its length. */
    private static final int LONGEST_NUMBER = 400;

    private Scalars() {}

    /**
     * The value of a plain scalar: null, Boolean, Long, BigInteger, Double or the text itself.
     *
     * @throws IllegalArgumentException for a number that is too long
     */
    static Object plain(String text) {
        if (NULL.matcher(text).matches()) {
            return null;
        } else if (TRUE.matcher(text).matches()) {
            return true;
        } else if (FALSE.matcher(text).matches()) {
            return false;
        }
        return isNumber(text) ? number(text) : text;
    }

    static boolean isNumber(String text) {
        return DECIMAL.matcher(text).matches()
                || OCTAL.matcher(text).matches()
                || HEXADECIMAL.matcher(text).matches()
                || FLOAT.matcher(text).matches()
                || INFINITE.matcher(text).matches()
                || NOT_A_NUMBER.matcher(text).matches();
    }

    private static Number number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException(
                    "Expected a number of at most %d characters, but found one of %,d; quote it if it is a text."
                            .formatted(LONGEST_NUMBER, text.length()));
        }
        if (DECIMAL.matcher(text).matches()) {
            return integer(text, 10);
        } else if (OCTAL.matcher(text).matches()) {
            return integer(text.substring(2), 8);
        } else if (HEXADECIMAL.matcher(text).matches()) {
            return integer(text.substring(2), 16);
        } else if (FLOAT.matcher(text).matches()) {
            return Double.valueOf(text);
        } else if (NOT_A_NUMBER.matcher(text).matches()) {
            return Double.NaN;
        }
        return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    private static Number integer(String digits, int radix) {
        BigInteger value = new BigInteger(digits, radix);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }
}
