package orchestrator.definitions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list or object that is being read. */
final class Frame {
    private final Spot spot;
    private final List<Object> list;
    private final Map<String, Object> map;
    private final String under;
    private String key;
    private Place keyPlace;

    private Frame(String under, Spot spot, List<Object> list, Map<String, Object> map) {
        this.under = under;
        this.spot = spot;
        this.list = list;
        this.map = map;
    }

    static Frame list(String under, Spot spot) {
        return new Frame(under, spot, new ArrayList<>(), null);
    }

    static Frame object(String under, Spot spot) {
        return new Frame(under, spot, null, new LinkedHashMap<>());
    }

    /** The key that this list or object is the value of; null for the root and in a list. */
    String under() {
        return under;
    }

    boolean expectsKey() {
        return map != null && key == null;
    }

    /** The key whose value comes next; null in a list. */
    String key() {
        return key;
    }

    Map<String, Object> map() {
        return map;
    }

    Object value() {
        return map == null ? list : map;
    }

    Spot spot() {
        return spot;
    }

    void key(String newKey, Place place) {
        if (map.containsKey(newKey)) {
            Place first = spot.child(newKey).in(place.file());
            throw place.wrong(
                    "Expected each key once, but found '%s' again (first in line %d)."
                            .formatted(Shown.of(newKey), first.line()));
        }
        key = newKey;
        keyPlace = place;
    }

    /** Where the next value stands: an entry of an object stands where its key does. */
    Spot spotFor(Place valuePlace) {
        Place place = map == null ? valuePlace : keyPlace;
        return new Spot(place.line(), place.column());
    }

    void add(Object value, Spot valueSpot) {
        if (map == null) {
            list.add(value);
            spot.add(valueSpot);
        } else {
            map.put(key, value);
            spot.put(key, valueSpot);
            key = null;
        }
    }
}
