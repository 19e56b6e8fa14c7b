package orchestrator.engine.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A tree whose texts may hold <code>${…}</code>; a text that is one expression keeps the type of its value. */
public final class Template implements Expression {
    private final Function<Scope, Object> value;
    private final Set<String> names;

    private Template(Function<Scope, Object> value, Collection<? extends Expression> parts) {
        this.value = value;
        Set<String> all = new HashSet<>();
        parts.forEach(part -> all.addAll(part.names()));
        this.names = Set.copyOf(all);
    }

    /**
     * Compiles a tree.
     *
     * @throws ExpressionException if an expression in it is wrong
     */
    public static Expression of(Object tree, Expressions expressions) {
        if (tree instanceof Map<?, ?> map) {
            return ofMap(map, expressions);
        } else if (tree instanceof List<?> list) {
            return ofList(list, expressions);
        } else if (tree instanceof String text && text.contains("${")) {
            return ofText(text, expressions);
        }
        Object constant = Json.freeze(tree);
        return new Template(scope -> constant, List.of());
    }

    @Override
    public Object evaluate(Scope scope) {
        return value.apply(scope);
    }

    @Override
    public Set<String> names() {
        return names;
    }

    private static Expression ofMap(Map<?, ?> map, Expressions expressions) {
        Map<String, Expression> parts = new LinkedHashMap<>();
        map.forEach((k, v) -> parts.put(String.valueOf(k), of(v, expressions)));
        return new Template(
                scope -> {
                    Map<String, Object> result = new LinkedHashMap<>();
                    parts.forEach((k, part) -> result.put(k, part.evaluate(scope)));
                    return Collections.unmodifiableMap(result);
                },
                parts.values());
    }

    private static Expression ofList(List<?> list, Expressions expressions) {
        List<Expression> parts = list.stream().map(v -> of(v, expressions)).toList();
        return new Template(
                scope -> {
                    List<Object> result = new ArrayList<>(parts.size());
                    parts.forEach(part -> result.add(part.evaluate(scope)));
                    return Collections.unmodifiableList(result);
                },
                parts);
    }

    private static Expression ofText(String text, Expressions expressions) {
        List<Expression> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            if (open != at) {
                String plain = text.substring(at, open < 0 ? text.length() : open);
                parts.add(new Template(scope -> plain, List.of()));
                at += plain.length();
            } else {
                int close = closing(text, open + 2);
                parts.add(expressions.compile(text.substring(open + 2, close)));
                at = close + 1;
            }
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return new Template(
                scope -> {
                    StringBuilder result = new StringBuilder();
                    for (Expression part : parts) {
                        String shown = shown(part.evaluate(scope));
                        if (result.length() + shown.length() > Expressions.MAX_TEXT) {
                            throw new ExpressionException(
                                    "Expected a text of at most %,d characters, but it is longer"
                                            .formatted(Expressions.MAX_TEXT));
                        }
                        result.append(shown);
                    }
                    return result.toString();
                },
                parts);
    }

    /** The brace that closes an expression; braces within it, outside quotes, are its own. */
    private static int closing(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return i;
            }
        }
        throw new ExpressionException("Expected '}' after '${', but '%s' has none".formatted(text));
    }

    private static String shown(Object value) {
        if (value instanceof Map || value instanceof List) {
            return new String(Json.write(value), StandardCharsets.UTF_8);
        }
        return String.valueOf(value);
    }
}
