package orchestrator.definitions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a value stands in its file, and where what it holds stands: the place of an entry of an object is that of its
 * key.
 */
final class Spot {
    private final int line;
    private final int column;
    private List<Spot> elements = List.of();
    private Map<String, Spot> entries = Map.of();

    Spot(int line, int column) {
        this.line = line;
        this.column = column;
    }

    void add(Spot element) {
        if (elements.isEmpty()) {
            elements = new ArrayList<>();
        }
        elements.add(element);
    }

    void put(String key, Spot entry) {
        if (entries.isEmpty()) {
            entries = new HashMap<>();
        }
        entries.put(key, entry);
    }

    /** The spot of an element (Integer) or entry (String), or null. */
    Spot child(Object key) {
        if (key instanceof Integer index) {
            return index >= 0 && index < elements.size() ? elements.get(index) : null;
        }
        return key instanceof String text ? entries.get(text) : null;
    }

    Place in(String file) {
        return new Place(file, line, column);
    }
}
