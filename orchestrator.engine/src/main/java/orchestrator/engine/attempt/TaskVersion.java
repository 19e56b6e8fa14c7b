package orchestrator.engine.attempt;

import java.math.BigInteger;
import java.util.Comparator;

/** Compares versions as people write them: number by number, then text by text; {@code 1.10} is newer than {@code 1.9}. */
public final class TaskVersion implements Comparator<String> {
    /** Oldest first. */
    public static final Comparator<String> ORDER = new TaskVersion();

    private TaskVersion() {}

    @Override
    public int compare(String left, String right) {
        String[] a = left.split("[._+-]", -1);
        String[] b = right.split("[._+-]", -1);
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = part(i < a.length ? a[i] : "", i < b.length ? b[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return left.compareTo(right);
    }

    private static int part(String a, String b) {
        boolean numberA = isNumber(a);
        boolean numberB = isNumber(b);
        if (numberA && numberB) {
            return number(a).compareTo(number(b));
        }
        if (numberA != numberB) {
            return numberA ? 1 : -1;
        }
        return a.compareTo(b);
    }

    private static boolean isNumber(String part) {
        return part.isEmpty() || part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static BigInteger number(String part) {
        return part.isEmpty() ? BigInteger.ZERO : new BigInteger(part);
    }
}
