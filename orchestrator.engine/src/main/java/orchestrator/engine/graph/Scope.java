package orchestrator.engine.graph;

/** What an expression can name: {@code input}, the outputs of steps, {@code item}. Thread safe. */
public interface Scope {
    /** Whether the name has a value, be it null. */
    boolean has(String name);

    /** The value, an unmodifiable tree; null if there is none. */
    Object get(String name);
}
