package orchestrator.shell.input;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The shortest beginnings of ids by which each of them can be told from all others. */
public final class Beginnings {
    private static final int LEAST = 8;
    private static final int AFTER_DOT = 4;

    private final NavigableSet<String> ids;

    /** Those of these ids. */
    public Beginnings(Collection<String> ids) {
        this.ids = new TreeSet<>(ids);
    }

    /** The beginning of an id, of at least eight characters; the whole of one that is not among them. */
    public String of(String id) {
        if (!ids.contains(id)) {
            return id;
        }
        // What has most in common with it is beside it.
        int common = Math.max(common(id, ids.lower(id)), common(id, ids.higher(id)));
        int dot = id.indexOf('.');
        int least = dot >= 0 && common >= dot ? dot + 1 + AFTER_DOT : LEAST;
        return id.substring(0, Math.min(id.length(), Math.max(least, common + 1)));
    }

    private static int common(String a, String b) {
        int length = b == null ? 0 : Math.min(a.length(), b.length());
        int same = 0;
        while (same < length && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return same;
    }
}
