package orchestrator.shell.input;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the input of a run as it is typed: {@code key=value} words, and a JSON object from the line or a file. */
public final class Inputs {
    private static final int SHOWN = 60;

    private final JsonInput json = new JsonInput();
    private final DeclaredInputs declared;

    /** Reads inputs that are declared so. */
    public Inputs(DeclaredInputs declared) {
        this.declared = declared;
    }

    /**
     * The input.
     *
     * @param whole a JSON object, the path of a file that holds one, or null
     * @param words {@code key=value} words; they win over the object
     * @param directory where relative paths begin
     * @throws IllegalArgumentException saying what was expected and found
     */
    public Map<String, Object> read(String whole, List<String> words, Path directory) {
        Map<String, Object> input = new LinkedHashMap<>();
        if (whole != null) {
            input.putAll(object(whole, directory));
        }
        Set<String> seen = new HashSet<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "Expected key=value, but found '%s'.%s"
                                .formatted(
                                        shown(word),
                                        word.startsWith("[") || word.startsWith("{")
                                                ? " Quote lists and objects: 'key=[1, 2]'."
                                                : ""));
            }
            String key = word.substring(0, equals);
            if (!seen.add(key)) {
                throw new IllegalArgumentException(
                        "Expected each key once, but found '" + key + "' again.");
            }
            input.put(key, value(key, word.substring(equals + 1)));
        }
        return input;
    }

    private Map<String, Object> object(String whole, Path directory) {
        boolean inline = whole.strip().startsWith("{") || whole.strip().startsWith("[");
        String source = inline ? "--input" : "the file '" + whole + "'";
        Object read;
        try {
            read = json.read(inline ? whole : file(directory.resolve(whole)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Expected a JSON object in %s, but found: %s".formatted(source, e.getMessage()),
                    e);
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "Expected a JSON object in %s, but found %s, not an object."
                            .formatted(source, kind(read)));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put(String.valueOf(key), value));
        return object;
    }

    private static String file(Path path) {
        try {
            if (Files.isDirectory(path)) {
                throw new IllegalArgumentException("a folder (" + path + ").");
            }
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException("no file there (" + path + ").");
            }
            if (Files.size(path) > JsonInput.MAX_BYTES) {
                throw new IllegalArgumentException(
                        "%,d bytes, more than the %,d that an input may have."
                                .formatted(Files.size(path), JsonInput.MAX_BYTES));
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("a file that cannot be read (" + e + ").", e);
        }
    }

    private Object value(String key, String text) {
        return declared.type(key).map(type -> typed(key, type, text)).orElseGet(() -> free(text));
    }

    private Object typed(String key, String type, String text) {
        if (type.equals("string")) {
            return text;
        }
        Object value = json.tryRead(text).orElse(null);
        boolean fits =
                switch (type) {
                    case "integer" -> isInteger(value);
                    case "number" -> isNumber(value);
                    case "boolean" -> value instanceof Boolean;
                    case "array" -> value instanceof List;
                    case "object" -> value instanceof Map;
                    default -> true;
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    "Expected %s for '%s', but found '%s'."
                            .formatted(expected(type), key, shown(text)));
        }
        return value == null ? text : value;
    }

    private Object free(String text) {
        return json.tryRead(text)
                .filter(
                        value ->
                                isNumber(value)
                                        || value instanceof Boolean
                                        || value instanceof List
                                        || value instanceof Map)
                .orElse(text);
    }

    private static boolean isInteger(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    }

    private static boolean isNumber(Object value) {
        return isInteger(value)
                || value instanceof BigDecimal
                || (value instanceof Double d && Double.isFinite(d));
    }

    private static String expected(String type) {
        return switch (type) {
            case "integer" -> "an integer";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list such as '[1, 2]'";
            default -> "an object such as '{\"a\": 1}'";
        };
    }

    private static String kind(Object value) {
        if (value instanceof List) {
            return "a list";
        }
        return value == null ? "null" : "'" + shown(String.valueOf(value)) + "'";
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
