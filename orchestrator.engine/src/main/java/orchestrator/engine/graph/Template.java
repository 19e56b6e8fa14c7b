package orchestrator.engine.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree whose texts may hold <code>${…}</code>; a text that is one expression keeps the type of its value. */
public final class Template {
    private final Expression root;

    private Template(Expression root) {
        this.root = root;
    }

    /**
     * Compiles a tree.
     *
     * @throws ExpressionException if an expression in it is wrong
     */
    public static Template of(Object tree, Expressions expressions) {
        return new Template(compile(tree, expressions));
    }

    /**
     * The tree with its expressions evaluated.
     *
     * @throws ExpressionException if one has no value
     */
    public Object evaluate(Scope scope) {
        return root.evaluate(scope);
    }

    private static Expression compile(Object value, Expressions expressions) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Expression> parts = new LinkedHashMap<>();
            map.forEach((k, v) -> parts.put(String.valueOf(k), compile(v, expressions)));
            return scope -> {
                Map<String, Object> result = new LinkedHashMap<>();
                parts.forEach((k, part) -> result.put(k, part.evaluate(scope)));
                return Collections.unmodifiableMap(result);
            };
        } else if (value instanceof List<?> list) {
            List<Expression> parts = list.stream().map(v -> compile(v, expressions)).toList();
            return scope -> {
                List<Object> result = new ArrayList<>(parts.size());
                parts.forEach(part -> result.add(part.evaluate(scope)));
                return Collections.unmodifiableList(result);
            };
        } else if (value instanceof String text && text.contains("${")) {
            return compileText(text, expressions);
        }
        Object constant = Json.freeze(value);
        return scope -> constant;
    }

    private static Expression compileText(String text, Expressions expressions) {
        List<Expression> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("${", at);
            if (open != at) {
                String plain = text.substring(at, open < 0 ? text.length() : open);
                parts.add(scope -> plain);
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
        return scope -> {
            StringBuilder result = new StringBuilder();
            parts.forEach(part -> result.append(shown(part.evaluate(scope))));
            return result.toString();
        };
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
            return new String(Json.write(value), java.nio.charset.StandardCharsets.UTF_8);
        }
        return String.valueOf(value);
    }
}
