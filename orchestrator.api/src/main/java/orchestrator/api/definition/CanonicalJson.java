package orchestrator.api.definition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a tree of null, Boolean, String, Number, List and Map as canonical JSON after RFC 8785: keys in the order of
 * their UTF-16 code units, no white space, numbers as ECMAScript writes them.
 */
public final class CanonicalJson {
    /** Every decimal of so many digits is a double of its own, if that has its full precision. */
    private static final int SAFE_DIGITS = 15;

    private static final int MAX_DIGITS = 17;

    private CanonicalJson() {}

    /**
     * The canonical bytes of a tree, in UTF-8.
     *
     * @throws IllegalArgumentException for NaN, an infinity, half of a surrogate pair, a key that is no text, or
     *     another type
     */
    public static byte[] bytes(Object tree) {
        StringBuilder out = new StringBuilder();
        write(out, tree);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(StringBuilder out, Object value) {
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof CharSequence text) {
            writeText(out, text);
        } else if (value instanceof Number number) {
            writeNumber(out, number.doubleValue());
        } else if (value instanceof List<?> list) {
            writeList(out, list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(out, map);
        } else {
            throw new IllegalArgumentException(
                    "Expected null, Boolean, String, Number, List or Map, but found "
                            + value.getClass().getName());
        }
    }

    private static void writeList(StringBuilder out, List<?> list) {
        out.append('[');
        String comma = "";
        for (Object element : list) {
            out.append(comma);
            write(out, element);
            comma = ",";
        }
        out.append(']');
    }

    private static void writeMap(StringBuilder out, Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        "Expected a text as key, but found " + entry.getKey());
            }
            sorted.put(key, entry.getValue());
        }
        out.append('{');
        String comma = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(comma);
            writeText(out, entry.getKey());
            out.append(':');
            write(out, entry.getValue());
            comma = ",";
        }
        out.append('}');
    }

    private static void writeText(StringBuilder out, CharSequence text) {
        requireWholeCharacters(text);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Encoding would make the same '?' of all halves, and so equal bytes of unequal texts. */
    private static void requireWholeCharacters(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean whole =
                        i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!whole) {
                    throw new IllegalArgumentException(
                            "Expected whole characters, but found half of a surrogate pair (\\u%04x)"
                                    .formatted((int) c));
                }
                i++;
            }
        }
    }

    /** Number::toString of ECMAScript: the shortest digits that read back as the same double. */
    private static void writeNumber(StringBuilder out, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("Expected a finite number, but found " + value);
        }
        if (value == 0) {
            out.append('0');
            return;
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        if (value < 0) {
            out.append('-');
        }
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // the value is 0.digits times ten to this
        if (point > 21 || point <= -6) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(point > 0 ? "+" : "").append(point - 1);
        } else if (point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else if (digits.length() <= point) {
            out.append(digits).append("0".repeat(point - digits.length()));
        } else {
            out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        }
    }

    private static BigDecimal shortest(double value) {
        boolean normal = value >= Double.MIN_NORMAL;
        // what Java writes reads back, but is not always the shortest; of so few digits only one
        // can be
        BigDecimal few = new BigDecimal(Double.toString(value)).round(new MathContext(SAFE_DIGITS));
        if (normal && few.doubleValue() == value) {
            return few;
        }
        BigDecimal exact = new BigDecimal(value);
        for (int n = normal ? SAFE_DIGITS + 1 : 1; n < MAX_DIGITS; n++) {
            // the nearest first; at a power of two the next one may read back although the nearest
            // does not
            for (RoundingMode mode :
                    List.of(RoundingMode.HALF_EVEN, RoundingMode.FLOOR, RoundingMode.CEILING)) {
                BigDecimal rounded = exact.round(new MathContext(n, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }
}
