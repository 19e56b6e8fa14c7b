package orchestrator.examples.knowledge.document;

import java.util.List;
import java.util.Map;

/** The type that a field of a document must have. */
enum Shape {
    TEXT("a text that is not blank"),
    TEXTS("a list of texts that are not blank"),
    OBJECT("an object"),
    LIST("a list"),
    TREE("an object, a list or a text");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    boolean fits(Object value) {
        return switch (this) {
            case TEXT -> value instanceof String text && !text.isBlank();
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(TEXT::fits);
            case OBJECT -> value instanceof Map<?, ?>;
            case LIST -> value instanceof List<?>;
            case TREE -> OBJECT.fits(value) || LIST.fits(value) || TEXT.fits(value);
        };
    }

    /** What was expected, for people. */
    String words() {
        return words;
    }

    /** What a value is, for people. */
    static String nameOf(Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? "a blank text" : "a text";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        return value instanceof Map<?, ?> ? "an object" : "null";
    }
}
