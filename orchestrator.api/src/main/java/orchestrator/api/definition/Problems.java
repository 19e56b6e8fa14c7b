package orchestrator.api.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Supplier;
import orchestrator.api.SourceMap;

/** Collects what is wrong with one document. */
final class Problems {
    private static final int MOST = 50;

    private static final int FARTHEST = 3;
    private static final int LONGEST_WORD = 64;

    private final List<Problem> found = new ArrayList<>();
    private int more;
    private final SourceMap source;

    Problems(SourceMap source) {
        this.source = source;
    }

    void add(Path path, String message) {
        add(path, () -> message);
    }

    /** Asks for the message only if it will be shown. */
    void add(Path path, Supplier<String> message) {
        if (found.size() < MOST) {
            List<Object> keys = path.keys();
            found.add(new Problem(keys, message.get(), source.locate(keys)));
        } else {
            more++;
        }
    }

    /** Whether another problem would only be counted. */
    boolean isFull() {
        return found.size() >= MOST;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (more > 0) {
            found.add(new Problem(List.of(), "And %,d problems more.".formatted(more), ""));
        }
        if (!found.isEmpty()) {
            throw new InvalidWorkflowException(found);
        }
    }

    /** {@code  Did you mean 'x'?}, or nothing if no word is near. */
    static String nearest(String word, Collection<String> known) {
        int nearest = Math.max(1, Math.min(FARTHEST, word.length() / 2)) + 1;
        String best = "";
        for (String candidate : new TreeSet<>(known)) {
            int distance = distance(word, candidate);
            if (distance < nearest) {
                nearest = distance;
                best = " Did you mean '" + candidate + "'?";
            }
        }
        return best;
    }

    /**
     * The edit distance after Levenshtein (1965), of texts cut to 64 characters, whatever their case. Only the band of
     * the table that distances up to 3 can use is computed; a greater distance is some number above 3.
     */
    private static int distance(String left, String right) {
        String a = cut(left);
        String b = cut(right);
        if (Math.abs(a.length() - b.length()) > FARTHEST) {
            return FARTHEST + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int from = Math.max(1, i - FARTHEST);
            int to = Math.min(b.length(), i + FARTHEST);
            int diagonal = row[from - 1];
            row[from - 1] = from == 1 ? i : FARTHEST + 1;
            for (int j = from; j <= to; j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int above = j == i + FARTHEST ? FARTHEST + 1 : row[j];
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(above, row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String cut(String text) {
        return (text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) : text)
                .toLowerCase(Locale.ROOT);
    }
}
