package orchestrator.examples.knowledge.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSON text as a tree of null, Boolean, String, Double, List and Map, with the places of its upper values and the
 * fields that are there twice.
 */
final class JsonTree {
    static final int MAX_DEPTH = 100;

    /** Places are kept for fields and for the elements of their lists; deeper ones would cost more than they tell. */
    private static final int PLACES_DEPTH = 2;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(5_000_000)
                                    .maxNameLength(10_000)
                                    .maxNumberLength(1_000)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    /** What the parser says to programmers: where the innermost open bracket is, and which setting is a limit. */
    private static final Pattern FOR_PROGRAMMERS =
            Pattern.compile(" \\(start marker at .*\\)$|, from `[^`]*`");

    /** A place in the text, both counted from 1. */
    record Place(int line, int column) {}

    /** A field that is there twice, and where the second one is. */
    record Duplicate(String field, Place place) {}

    private final Map<String, Place> places = new HashMap<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private Object root;

    private JsonTree() {}

    static JsonTree read(String text) throws BrokenDocument {
        JsonTree tree = new JsonTree();
        try (JsonParser parser = JSON.createParser(text)) {
            tree.read(parser);
            return tree;
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory was not read", e);
        }
    }

    private void read(JsonParser parser) throws IOException, BrokenDocument {
        try {
            if (parser.nextToken() == null) {
                throw new BrokenDocument(
                        1, 1, "Expected a JSON object, but found only white space");
            }
            root = value(parser, "", 0);
            if (parser.nextToken() != null) {
                Place at = place(parser.currentTokenLocation());
                throw new BrokenDocument(
                        at.line, at.column, "Expected the end of the file, but found more JSON");
            }
        } catch (JsonProcessingException e) {
            // What goes over a limit has no place of its own.
            Place at = place(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
            String found = FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceAll("");
            throw new BrokenDocument(at.line, at.column, "Expected JSON, but found: " + found);
        }
    }

    /** The whole value. */
    Object root() {
        return root;
    }

    /** Where a value is, by its keys and positions joined with {@code /}; the beginning, if that is not known. */
    Place place(String path) {
        return places.getOrDefault(path, new Place(1, 1));
    }

    /** The fields that are there twice. */
    List<Duplicate> duplicates() {
        return Collections.unmodifiableList(duplicates);
    }

    private Object value(JsonParser parser, String path, int depth) throws IOException {
        if (depth <= PLACES_DEPTH) {
            places.put(path, place(parser.currentTokenLocation()));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> array(parser, path, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getDoubleValue();
        };
    }

    private Map<String, Object> object(JsonParser parser, String path, int depth)
            throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String child = child(path, name, depth);
            if (map.containsKey(name) && duplicates.size() < 20) {
                duplicates.add(new Duplicate(child, place(parser.currentTokenLocation())));
            }
            parser.nextToken();
            map.put(name, value(parser, child, depth + 1));
        }
        return map;
    }

    private List<Object> array(JsonParser parser, String path, int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser, child(path, String.valueOf(list.size()), depth), depth + 1));
        }
        return list;
    }

    /** Deep values share the path of what they are in, so that a deep tree does not build long texts. */
    private static String child(String path, String key, int depth) {
        if (depth == 0) {
            return key;
        }
        return depth < PLACES_DEPTH + 1 ? path + "/" + key : path;
    }

    private static Place place(JsonLocation location) {
        return new Place(Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }
}
