package orchestrator.engine.graph;

import java.util.Set;

/** A condition, a list or a value of a workflow, compiled. Pure: the same scope gives the same value. Thread safe. */
public interface Expression {
    /**
     * The value, an unmodifiable tree.
     *
     * @throws ExpressionException if it has none; the message says what was expected and found
     */
    Object evaluate(Scope scope);

    /** The names that it takes from its scope. */
    Set<String> names();
}
