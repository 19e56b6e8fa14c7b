package orchestrator.api.definition;

import java.util.ArrayDeque;
import java.util.List;

/** A place in a tree. */
record Path(Path parent, Object key) {
    static final Path ROOT = new Path(null, null);

    Path to(Object child) {
        return new Path(this, child);
    }

    List<Object> keys() {
        ArrayDeque<Object> keys = new ArrayDeque<>();
        for (Path at = this; at.parent != null; at = at.parent) {
            keys.addFirst(at.key);
        }
        return List.copyOf(keys);
    }
}
