package orchestrator.engine.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import orchestrator.engine.graph.Expression;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Scope;

/** The input of a step in which some keys are changed. */
record PatchedInput(Expression input, Payload changed) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
        Object value = input.evaluate(scope);
        if (!(value instanceof Map<?, ?> given)) {
            throw new ExpressionException(
                    "Expected an object as input, in which keys can be changed, but found %s"
                            .formatted(value));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        given.forEach((key, part) -> all.put(String.valueOf(key), part));
        ((Map<?, ?>) changed.value()).forEach((key, part) -> all.put(String.valueOf(key), part));
        return java.util.Collections.unmodifiableMap(all);
    }

    @Override
    public Set<String> names() {
        return input.names();
    }
}
