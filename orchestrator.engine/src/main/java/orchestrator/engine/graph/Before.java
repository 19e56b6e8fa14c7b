package orchestrator.engine.graph;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import orchestrator.api.definition.WorkflowDocument;

/** Which steps have ended when another one begins: those that it comes after, and those before them. */
final class Before {
    private final List<String> order;
    private final Map<String, Integer> places = new HashMap<>();
    private final int[][] after;

    /** @param order the document's steps, each after those that it comes after */
    Before(WorkflowDocument document, List<String> order) {
        this.order = order;
        order.forEach(name -> places.put(name, places.size()));
        after =
                order.stream()
                        .map(name -> document.after(name).stream().mapToInt(places::get).toArray())
                        .toArray(int[][]::new);
    }

    /** What the step of that place comes after, by place. */
    int[] after(int step) {
        return after[step].clone();
    }

    /** Whether the other step has ended when the one of that place begins. */
    boolean has(int step, String other) {
        Integer wanted = places.get(other);
        // Mostly the wanted step is near: a search that stops there spares a set for each step.
        return wanted != null && search(step, place -> place == wanted, wanted).get(wanted);
    }

    /** The first of the steps that have ended when the one of that place begins, by name. */
    List<String> names(int step, int limit) {
        return search(step, place -> false, 0).stream()
                .mapToObj(order::get)
                .sorted()
                .limit(limit)
                .toList();
    }

    /** Goes back from a step, not further than to the earliest place. */
    private BitSet search(int step, IntPredicate stop, int earliest) {
        BitSet found = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(step));
        while (!open.isEmpty()) {
            for (int place : after[open.remove()]) {
                if (place >= earliest && !found.get(place)) {
                    found.set(place);
                    open.add(place);
                    if (stop.test(place)) {
                        return found;
                    }
                }
            }
        }
        return found;
    }
}
