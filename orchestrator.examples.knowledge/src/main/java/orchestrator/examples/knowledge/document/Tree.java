package orchestrator.examples.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A lenient view of one object of a tree: what is missing or of another type reads as empty. Immutable. */
public final class Tree {
    private final Map<?, ?> map;

    /** A view of the given value; of an empty object, if it is no map. */
    public Tree(Object value) {
        this.map = value instanceof Map<?, ?> object ? object : Map.of();
    }

    /** The text at a key, or the empty text. */
    public String text(String key) {
        return map.get(key) instanceof String text ? text : "";
    }

    /** The number at a key, or 0. */
    public double number(String key) {
        return map.get(key) instanceof Number number ? number.doubleValue() : 0;
    }

    /** The whole number at a key, or 0. */
    public int integer(String key) {
        return map.get(key) instanceof Number number ? number.intValue() : 0;
    }

    /** Whether the value at a key is true. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    /** The list at a key, or an empty one. */
    public List<?> list(String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    /** The texts of the list at a key. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(key)) {
            if (element instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The objects of the list at a key. */
    public List<Tree> objects(String key) {
        List<Tree> objects = new ArrayList<>();
        list(key).forEach(element -> objects.add(new Tree(element)));
        return objects;
    }

    /** The object at a key, or an empty one. */
    public Tree object(String key) {
        return new Tree(map.get(key));
    }

    /** Whether there is a value at a key. */
    public boolean has(String key) {
        return map.get(key) != null;
    }

    /** The value at a key, or null. */
    public Object value(String key) {
        return map.get(key);
    }
}
