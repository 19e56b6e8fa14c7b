package orchestrator.definitions;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Reads the scalar at a place, and lets only tags of the core schema pass. */
final class ScalarReader {
    private static final String CORE = "tag:yaml.org,2002:";
    private static final Map<String, Predicate<Object>> TYPES =
            Map.of(
                    "null", value -> value == null,
                    "bool", value -> value instanceof Boolean,
                    "int", value -> value instanceof Number && !(value instanceof Double),
                    "float", value -> value instanceof Number);

    private final Place place;

    ScalarReader(Place place) {
        this.place = place;
    }

    /** A scalar's value; with {@code written}, numbers stay texts. */
    Object read(ScalarEvent event, boolean written) {
        Optional<String> tag = event.getTag();
        String text = whole(event.getValue());
        if (tag.isEmpty()) {
            boolean asText = !event.isPlain() || (written && Scalars.isNumber(text));
            return asText ? text : plain(text);
        } else if (tag.get().equals("!") || tag.get().equals(CORE + "str")) {
            return text;
        }
        return tagged(tag.get(), text);
    }

    /** A scalar as a text, whatever it looks like. */
    String text(ScalarEvent event) {
        Optional<String> tag = event.getTag();
        if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(CORE + "str")) {
            throw refused(tag.get());
        }
        return whole(event.getValue());
    }

    void checkTag(CollectionStartEvent event) {
        String kind = event instanceof MappingStartEvent ? "map" : "seq";
        Optional<String> tag = event.getTag();
        if (tag.isPresent() && !tag.get().equals(CORE + kind) && !tag.get().equals("!")) {
            throw refused(tag.get());
        }
    }

    private Object tagged(String tag, String text) {
        Predicate<Object> type =
                tag.startsWith(CORE) ? TYPES.get(tag.substring(CORE.length())) : null;
        if (type == null) {
            throw refused(tag);
        }
        Object value = plain(text);
        if (!type.test(value)) {
            throw place.wrong(
                    "Expected a value of the tag '%s', but found '%s'."
                            .formatted(Shown.of(tag), Shown.of(text)));
        }
        return value;
    }

    private Object plain(String text) {
        try {
            return Scalars.plain(text);
        } catch (IllegalArgumentException e) {
            throw place.wrong(e.getMessage());
        }
    }

    private String whole(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw place.wrong(
                        "Expected whole characters, but found half of a surrogate pair (\\u%04x)."
                                .formatted(c));
            }
        }
        return text;
    }

    private RuntimeException refused(String tag) {
        return place.wrong(
                "Expected a plain value, but found the tag '%s'; remove it."
                        .formatted(Shown.of(tag)));
    }
}
