package orchestrator.engine.maintenance;

import java.util.HashMap;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.Json;
import orchestrator.engine.runtime.Engine;

/** The definitions as the store has them, whatever the engine remembers. Not thread safe. */
final class StoredDefinitions {
    private final Engine engine;
    private final boolean restore;
    private final Map<String, String> problems = new HashMap<>();

    /**
     * @param restore whether a definition that the store has lost and this node remembers is put back
     */
    StoredDefinitions(Engine engine, boolean restore) {
        this.engine = engine;
        this.restore = restore;
    }

    /**
     * The definition with that hash, compiled.
     *
     * @throws UnknownEntryException if the store has none, or another one
     */
    Graph graph(String hash) {
        String problem = problems.computeIfAbsent(hash, this::problem);
        if (!problem.isEmpty()) {
            throw new UnknownEntryException(problem);
        }
        return engine.journal().graph(hash);
    }

    private boolean isRestored(String hash) {
        try {
            engine.putDefinition(engine.journal().graph(hash));
            return true;
        } catch (UnknownEntryException e) {
            return false; // nobody here remembers it
        }
    }

    @SuppressWarnings("unchecked")
    private String problem(String hash) {
        byte[] bytes = engine.store().backend().definition(hash).orElse(null);
        if (bytes == null) {
            if (restore && isRestored(hash)) {
                return "";
            }
            return "Expected definition " + hash + " in the store, but it is missing";
        }
        try {
            String found =
                    WorkflowDocument.of((Map<String, Object>) Json.read(bytes), SourceMap.NONE)
                            .hash();
            return found.equals(hash)
                    ? ""
                    : "Expected definition %s in the store, but found one with the hash %s"
                            .formatted(hash, found);
        } catch (StateException e) {
            throw e;
        } catch (RuntimeException e) {
            return "Expected definition %s in the store, but it cannot be read: %s"
                    .formatted(hash, e.getMessage());
        }
    }
}
