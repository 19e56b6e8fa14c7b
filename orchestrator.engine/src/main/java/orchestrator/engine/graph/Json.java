package orchestrator.engine.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes trees of null, Boolean, String, Long, Double, BigDecimal, List and Map as JSON. Thread safe. */
public final class Json {
    /** The deepest nesting of a payload. */
    public static final int MAX_DEPTH = 200;

    private static final int MAX_TEXT = 16 << 20;

    /** More values than any payload holds: what goes on without end is stopped there. */
    private static final int MAX_VALUES = 2 << 20;

    /** How many types a mapper remembers; as many as Jackson's own. */
    private static final int MAX_TYPES = 200;

    private Json() {}

    /** A mapper of its own, with limits; keeps nothing of what other mappers saw. */
    public static ObjectMapper newMapper() {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH + 10)
                                        .maxStringLength(MAX_TEXT)
                                        .build())
                        .streamWriteConstraints(
                                StreamWriteConstraints.builder()
                                        .maxNestingDepth(MAX_DEPTH + 10)
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse them
                        .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                        .build();
        // That of the default factory is static, and would keep the classes of plugins for ever.
        LookupCache<Object, JavaType> types = new LRUMap<>(16, MAX_TYPES);
        return JsonMapper.builder(factory)
                .typeFactory(TypeFactory.defaultInstance().withCache(types))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /**
     * Reads bytes into an unmodifiable tree.
     *
     * @throws IllegalArgumentException if they are no JSON
     */
    public static Object read(byte[] json) {
        try {
            return freeze(Trees.MAPPER.readValue(json, Object.class), 0, new int[1], false);
        } catch (IOException e) {
            throw new IllegalArgumentException("Expected JSON, but " + e.getMessage(), e);
        }
    }

    /**
     * Writes a tree.
     *
     * @throws IllegalArgumentException if it holds something else, or is nested too deeply
     */
    public static byte[] write(Object tree) {
        try {
            return Trees.MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /**
     * Writes a tree that must not be larger than a limit, in bytes.
     *
     * @throws IllegalArgumentException if it is larger, holds something else, or is nested too deeply
     */
    public static byte[] write(Object tree, int limit) {
        BoundedBytes out = new BoundedBytes(limit);
        try {
            Trees.MAPPER.writeValue(out, tree);
        } catch (BoundedBytes.TooLargeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            if (e.getCause() instanceof BoundedBytes.TooLargeException large) {
                throw new IllegalArgumentException(large.getMessage(), e);
            }
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        byte[] json = out.toByteArray();
        check(json);
        return json;
    }

    /**
     * Checks bytes that a foreign writer made: that {@link #read} takes them, whatever its limits.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static void check(byte[] json) {
        int depth = 0;
        try (JsonParser parser = Trees.MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw tooDeep();
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    finite(parser.getDoubleValue());
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("Expected JSON, but " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException tooDeep() {
        return new IllegalArgumentException(
                "Expected at most %d levels of nesting, but found more".formatted(MAX_DEPTH));
    }

    /**
     * An unmodifiable copy of a tree, its numbers brought to Long, Double or BigDecimal.
     *
     * @throws IllegalArgumentException if it holds something that is no tree value, or is nested too deeply
     */
    public static Object freeze(Object value) {
        return freeze(value, 0, new int[1], true);
    }

    /** @param strict whether numbers are refused that cannot be written; what is stored is read all the same */
    private static Object freeze(Object value, int depth, int[] count, boolean strict) {
        if (depth > MAX_DEPTH) {
            throw tooDeep();
        } else if (++count[0] > MAX_VALUES) {
            throw new IllegalArgumentException(
                    "Expected at most %,d values, but found more".formatted(MAX_VALUES));
        }
        if (value == null || value instanceof Boolean || value instanceof String) {
            return value;
        } else if (value instanceof Number number) {
            return number(number, strict);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), freeze(v, depth + 1, count, strict)));
            return Collections.unmodifiableMap(copy);
        } else if (value instanceof Iterable<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(freeze(v, depth + 1, count, strict)));
            return Collections.unmodifiableList(copy);
        } else if (value instanceof CharSequence || value instanceof Enum) {
            return value.toString();
        } else if (value.getClass().isArray()) {
            List<Object> copy = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                copy.add(freeze(Array.get(value, i), depth + 1, count, strict));
            }
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException(
                "Expected a text, number, boolean, list or map, but found "
                        + value.getClass().getName());
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException(
                    "Expected a number that a double can hold, but found " + number);
        }
        return number;
    }

    private static Object number(Number number, boolean strict) {
        if (number instanceof Long) {
            return number;
        } else if (number instanceof BigDecimal big) {
            if (strict && big.scale() != 0) { // it is read back as a double
                finite(big.doubleValue());
            }
            return big;
        } else if (number instanceof Double || number instanceof Float) {
            return strict ? finite(number.doubleValue()) : number.doubleValue();
        } else if (number instanceof BigInteger big) {
            return big.bitLength() < Long.SIZE ? (Object) big.longValue() : new BigDecimal(big);
        }
        return number.longValue();
    }

    /** What a value is, for people. */
    public static String kind(Object value) {
        if (value == null) {
            return "nothing";
        } else if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof String) {
            return "a text";
        }
        return value instanceof Boolean ? "a boolean" : "a number";
    }

    /** Holds the mapper of plain trees, which never sees a class of a plugin. */
    private static final class Trees {
        static final ObjectMapper MAPPER = newMapper();
    }
}
