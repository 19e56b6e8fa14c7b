package orchestrator.engine.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.engine.graph.Payload;

/** What others have kept with a run and said of it. Belongs to the state: facts alone change it. */
public final class Notes {
    private final TreeMap<String, Payload> values = new TreeMap<>();
    private long size;
    private int percent = -1;
    private String message;

    void save(Map<String, Payload> changed) {
        changed.forEach(
                (name, value) -> {
                    Payload before =
                            value.equals(Payload.NULL)
                                    ? values.remove(name)
                                    : values.put(name, value);
                    size -= size(name, before);
                    size += value.equals(Payload.NULL) ? 0 : size(name, value);
                });
    }

    private static long size(String name, Payload value) {
        return value == null ? 0 : name.length() + (long) value.size();
    }

    void progress(int newPercent, String newMessage) {
        percent = newPercent;
        message = newMessage;
    }

    /** How large the values would be after a change. */
    long sizeWith(Map<String, Payload> changed) {
        long after = size;
        for (Map.Entry<String, Payload> change : changed.entrySet()) {
            after -= size(change.getKey(), values.get(change.getKey()));
            after +=
                    change.getValue().equals(Payload.NULL)
                            ? 0
                            : size(change.getKey(), change.getValue());
        }
        return after;
    }

    /** The values by name. */
    public Map<String, Payload> values() {
        return Collections.unmodifiableMap(values);
    }

    /** How far it has come, as somebody said; below 0 if nobody has. */
    int percent() {
        return percent;
    }

    /** What was said of its progress last, or null. */
    public String message() {
        return message;
    }
}
