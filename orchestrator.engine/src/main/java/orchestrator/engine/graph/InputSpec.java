package orchestrator.engine.graph;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a workflow says about its input: which keys it must have, of which types, with which defaults. Immutable. */
public final class InputSpec {
    private final List<String> required;
    private final Map<String, Map<String, Object>> properties;

    InputSpec(List<String> required, Map<String, Map<String, Object>> properties) {
        this.required = required;
        this.properties = properties;
    }

    /**
     * Checks an input and fills in what is missing.
     *
     * @throws IllegalArgumentException with everything that is wrong
     */
    public Map<String, Object> complete(Map<String, Object> given) {
        Map<String, Object> input = new LinkedHashMap<>(given);
        StringBuilder wrong = new StringBuilder();
        properties.forEach(
                (key, property) -> {
                    if (property.containsKey("default")) {
                        input.putIfAbsent(key, property.get("default"));
                    }
                });
        for (String key : required) {
            if (input.get(key) == null) {
                add(wrong, "Expected the input '%s', but it is missing".formatted(key));
            }
        }
        input.forEach((key, value) -> check(wrong, key, value));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong.toString());
        }
        return input;
    }

    private void check(StringBuilder wrong, String key, Object value) {
        Map<String, Object> property = properties.get(key);
        if (property == null) {
            if (!properties.isEmpty() && !required.contains(key)) {
                add(
                        wrong,
                        "Expected one of the inputs %s, but found '%s'"
                                .formatted(
                                        String.join(", ", new TreeSet<>(properties.keySet())),
                                        key));
            }
        } else if (value != null && !fits((String) property.get("type"), value)) {
            add(
                    wrong,
                    "Expected the input '%s' to be of type %s, but found %s"
                            .formatted(key, property.get("type"), Json.kind(value)));
        }
    }

    private static boolean fits(String type, Object value) {
        return switch (type) {
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "array" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "integer" -> isInteger(value);
            default -> value instanceof Number;
        };
    }

    private static boolean isInteger(Object value) {
        if (value instanceof BigDecimal big) {
            return big.stripTrailingZeros().scale() <= 0;
        }
        return value instanceof Long
                || (value instanceof Double number && number == Math.rint(number));
    }

    private static void add(StringBuilder wrong, String message) {
        wrong.append(wrong.isEmpty() ? "" : "; ").append(message);
    }
}
