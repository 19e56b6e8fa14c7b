package orchestrator.engine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain path such as {@code validate.items[0].id}: by far the most common expression, walked directly. */
final class PathExpression implements Expression {
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*|\\[[0-9]{1,9}])*");
    private static final Pattern PART = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)|\\[([0-9]+)]");

    private final String text;
    private final String root;
    private final List<Object> rest;

    private PathExpression(String text, String root, List<Object> rest) {
        this.text = text;
        this.root = root;
        this.rest = rest;
    }

    static boolean fits(String text) {
        return PATH.matcher(text).matches();
    }

    static PathExpression parse(String text) {
        List<Object> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            parts.add(part.group(1) != null ? part.group(1) : Integer.valueOf(part.group(2)));
        }
        String root = (String) parts.remove(0);
        return new PathExpression(text, root, List.copyOf(parts));
    }

    @Override
    public Object evaluate(Scope scope) {
        if (!scope.has(root)) {
            throw new ExpressionException(
                    "Expected a value for '%s' in '%s', but there is none".formatted(root, text));
        }
        Object at = scope.get(root);
        for (Object part : rest) {
            at = part instanceof Integer index ? element(at, index) : member(at, (String) part);
        }
        return at;
    }

    @Override
    public Set<String> names() {
        return Set.of(root);
    }

    private Object member(Object at, String key) {
        if (at instanceof Map<?, ?> map) {
            if (map.containsKey(key)) {
                return map.get(key);
            }
            throw new ExpressionException(
                    "Expected '%s' in '%s', but found the keys %s".formatted(key, text, keys(map)));
        }
        throw new ExpressionException(
                "Expected an object with '%s' in '%s', but found %s"
                        .formatted(key, text, Json.kind(at)));
    }

    private Object element(Object at, int index) {
        if (at instanceof List<?> list) {
            if (index < list.size()) {
                return list.get(index);
            }
            throw new ExpressionException(
                    "Expected element %d in '%s', but the list has %d"
                            .formatted(index, text, list.size()));
        }
        throw new ExpressionException(
                "Expected a list before [%d] in '%s', but found %s"
                        .formatted(index, text, Json.kind(at)));
    }

    private static String keys(Map<?, ?> map) {
        return map.isEmpty()
                ? "(none)"
                : String.join(", ", map.keySet().stream().limit(20).map(String::valueOf).toList());
    }
}
