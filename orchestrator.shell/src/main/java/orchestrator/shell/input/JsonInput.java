package orchestrator.shell.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** Reads one JSON value as a tree of null, Boolean, String, Number, List and Map, within the limits on input. */
final class JsonInput {
    static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final int MAX_DEPTH = 200;

    private final JsonMapper mapper =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxDocumentLength(MAX_BYTES)
                                                    .maxStringLength(MAX_BYTES)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /**
     * The value.
     *
     * @throws IllegalArgumentException with the reason and its place
     */
    Object read(String text) {
        try {
            return mapper.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null
                            ? ""
                            : " (line %d, column %d)"
                                    .formatted(
                                            e.getLocation().getLineNr(),
                                            e.getLocation().getColumnNr());
            throw new IllegalArgumentException(found(text, e) + place + ".", e);
        }
    }

    private static String found(String text, JsonProcessingException e) {
        String said = e.getOriginalMessage();
        if (e instanceof StreamConstraintsException) {
            return said.contains("depth")
                    ? "more than %d lists and objects in one another".formatted(MAX_DEPTH)
                    : "a number or name that is too long";
        } else if (said.startsWith("Duplicate field")) {
            return "the same key twice";
        } else if (text.isBlank()) {
            return "nothing";
        }
        return e instanceof MismatchedInputException
                ? "more than one value"
                : "something that is no JSON";
    }

    /** The value, if the text is JSON. */
    Optional<Object> tryRead(String text) {
        try {
            return Optional.ofNullable(read(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
