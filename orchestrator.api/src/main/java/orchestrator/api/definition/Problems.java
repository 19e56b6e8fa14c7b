package orchestrator.api.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import orchestrator.api.SourceMap;

/** Collects what is wrong with one document. */
final class Problems {
    private static final int MOST = 50;

    private final List<Problem> found = new ArrayList<>();
    private final SourceMap source;

    Problems(SourceMap source) {
        this.source = source;
    }

    void add(Path path, String message) {
        if (found.size() < MOST) {
            List<Object> keys = path.keys();
            found.add(new Problem(keys, message, source.locate(keys)));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidWorkflowException(found);
        }
    }

    /** {@code  Did you mean 'x'?}, or nothing if no word is near. */
    static String nearest(String word, Collection<String> known) {
        Optional<String> best =
                known.stream()
                        .min(
                                Comparator.comparingInt((String k) -> distance(word, k))
                                        .thenComparing(Comparator.naturalOrder()));
        return best.filter(k -> distance(word, k) <= Math.max(1, Math.min(3, word.length() / 2)))
                .map(k -> " Did you mean '" + k + "'?")
                .orElse("");
    }

    /** The edit distance after Levenshtein (1965), of texts cut to 64 characters, whatever their case. */
    private static int distance(String left, String right) {
        String a = cut(left);
        String b = cut(right);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String cut(String text) {
        return (text.length() > 64 ? text.substring(0, 64) : text)
                .toLowerCase(java.util.Locale.ROOT);
    }
}
