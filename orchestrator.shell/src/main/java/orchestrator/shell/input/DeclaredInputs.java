package orchestrator.shell.input;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import orchestrator.api.run.WorkflowInfo;

/**
 * What a workflow's document says of its input.
 *
 * @param properties the declared inputs by key, each with a {@code type} and perhaps a {@code description} and a
 *     {@code default}
 * @param required the keys that a start must give
 */
public record DeclaredInputs(
        Map<String, Map<String, Object>> properties, Collection<String> required) {

    /** Nothing is declared. */
    public static final DeclaredInputs NONE = new DeclaredInputs(Map.of(), List.of());

    /** Those of the workflow. */
    public static DeclaredInputs of(WorkflowInfo workflow) {
        if (!(workflow.document().get("input") instanceof Map<?, ?> input)) {
            return NONE;
        }
        Map<String, Map<String, Object>> properties = new TreeMap<>();
        if (input.get("properties") instanceof Map<?, ?> declared) {
            declared.forEach((key, value) -> properties.put(String.valueOf(key), texts(value)));
        }
        List<String> required =
                input.get("required") instanceof List<?> keys
                        ? keys.stream().map(String::valueOf).toList()
                        : List.of();
        return new DeclaredInputs(properties, required);
    }

    /** Those of the workflow that a start by this name takes; none if there is no such workflow. */
    public static DeclaredInputs of(String name, Collection<WorkflowInfo> workflows) {
        return workflows.stream()
                .filter(workflow -> workflow.isCurrent() && workflow.name().equals(name))
                .findFirst()
                .map(DeclaredInputs::of)
                .orElse(NONE);
    }

    /** All keys that are declared or required. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(properties.keySet());
        keys.addAll(required);
        return keys;
    }

    /** The declared type of a key. */
    public Optional<String> type(String key) {
        return Optional.ofNullable(properties.getOrDefault(key, Map.of()).get("type"))
                .map(String::valueOf);
    }

    private static Map<String, Object> texts(Object value) {
        Map<String, Object> property = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, v) -> property.put(String.valueOf(key), v));
        }
        return property;
    }
}
