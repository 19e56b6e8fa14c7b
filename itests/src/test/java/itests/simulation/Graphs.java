package itests.simulation;

import java.util.HashMap;
import java.util.Map;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;

/** The compiled workflows of a simulation. */
final class Graphs {
    private static final ThreadLocal<GraphCompiler> COMPILER =
            ThreadLocal.withInitial(GraphCompiler::new);

    private final Map<String, Graph> byName = new HashMap<>();
    private final Map<String, Graph> byHash = new HashMap<>();
    private final Map<String, Flow> flows = new HashMap<>();

    Graphs(Plan plan) {
        for (Flow flow : plan.flows()) {
            Graph graph = flow.compile(COMPILER.get());
            flows.put(flow.name(), flow);
            byName.put(graph.name(), graph);
            byHash.put(graph.document().hash(), graph);
        }
    }

    /** Another version of a workflow; 0 for the one that runs start with. */
    Graph variant(String name, int number) {
        Graph graph =
                number == 0
                        ? byName.get(name)
                        : flows.get(name).variant(number).compile(COMPILER.get());
        byHash.putIfAbsent(graph.document().hash(), graph);
        return byHash.get(graph.document().hash());
    }

    Graph newest(String name) {
        return byName.get(name);
    }

    Graph of(String hash) {
        return byHash.get(hash);
    }
}
