package orchestrator.engine.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.definition.WorkflowDocument;

/** An order of a document's steps in which each comes after those that it comes after. */
final class StepOrder {
    private StepOrder() {}

    /** Steps that wait for nothing first (Kahn 1962), by name among equals; the document has no cycles. */
    static List<String> of(WorkflowDocument document) {
        Map<String, Integer> open = new TreeMap<>();
        Map<String, List<String>> before = new HashMap<>();
        document.steps()
                .keySet()
                .forEach(
                        name -> {
                            List<String> after = document.after(name);
                            open.put(name, after.size());
                            after.forEach(
                                    o ->
                                            before.computeIfAbsent(o, k -> new ArrayList<>())
                                                    .add(name));
                        });
        Deque<String> ready = new ArrayDeque<>();
        open.forEach(
                (name, count) -> {
                    if (count == 0) {
                        ready.add(name);
                    }
                });
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            String name = ready.remove();
            order.add(name);
            for (String next : before.getOrDefault(name, List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        return order;
    }
}
