package orchestrator.state.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Question marks for a list of values. The list is filled up to a power of two by repeating its last value, so that a
 * database sees few different statements.
 */
public record Marks(String sql, List<Object> values) {

    /** For values of which there is at least one. */
    public static Marks of(Collection<?> values) {
        List<Object> all = new ArrayList<>(values);
        Object last = all.get(all.size() - 1);
        while (Integer.bitCount(all.size()) != 1) {
            all.add(last);
        }
        return new Marks(String.join(", ", Collections.nCopies(all.size(), "?")), all);
    }
}
