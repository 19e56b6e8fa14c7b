package orchestrator.examples.knowledge.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import orchestrator.examples.knowledge.document.Unit;
import orchestrator.examples.knowledge.document.Validator;
import orchestrator.examples.knowledge.order.LearningOrder.Duplicate;
import orchestrator.examples.knowledge.order.LearningOrder.Missing;
import orchestrator.examples.knowledge.order.LearningOrder.Place;

/**
 * Orders units topologically (Kahn 1962); of several that could come next, the easiest comes first, then by title and
 * id. Where units wait for each other in a cycle, the easiest of the cycle is placed without the prerequisite that
 * closes it, and the cycle is reported. Used once, by one thread.
 */
public final class Ordering {
    private static final Comparator<Unit> EASIEST =
            Comparator.comparingInt((Unit u) -> Validator.DIFFICULTIES.indexOf(u.difficulty()))
                    .thenComparing(Unit::title)
                    .thenComparing(Unit::id);

    private final Map<String, Unit> units = new TreeMap<>();
    private final Map<String, Set<String>> waitsFor = new HashMap<>();
    private final Map<String, List<String>> enables = new HashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, List<String>> placedAfter = new HashMap<>();
    private final PriorityQueue<Unit> ready = new PriorityQueue<>(EASIEST);
    private final List<Place> places = new ArrayList<>();
    private final List<List<String>> cycles = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final List<Duplicate> duplicates = new ArrayList<>();

    private Ordering() {}

    /** Orders the valid ones of the given units. */
    public static LearningOrder of(List<Unit> all) {
        Ordering ordering = new Ordering();
        ordering.collect(all);
        ordering.collectMissing(all);
        ordering.connect();
        ordering.place();
        return new LearningOrder(
                ordering.places, ordering.cycles, ordering.missing, ordering.duplicates);
    }

    private void collect(List<Unit> all) {
        Map<String, List<String>> paths = new TreeMap<>();
        List<Unit> valid =
                all.stream().filter(Unit::valid).sorted(Comparator.comparing(Unit::path)).toList();
        for (Unit unit : valid) {
            units.putIfAbsent(unit.id(), unit);
            paths.computeIfAbsent(unit.id(), id -> new ArrayList<>()).add(unit.path());
        }
        paths.forEach(
                (id, list) -> {
                    if (list.size() > 1) {
                        duplicates.add(new Duplicate(id, list));
                    }
                });
    }

    /** Among the valid ones also those whose id another unit has. */
    private void collectMissing(List<Unit> all) {
        Map<String, String> invalid = new HashMap<>();
        all.stream()
                .filter(unit -> !unit.valid() && !unit.id().isEmpty())
                .forEach(unit -> invalid.put(unit.id(), unit.path()));
        for (Unit unit : all.stream().filter(Unit::valid).toList()) {
            for (String prerequisite : unit.prerequisites()) {
                if (!units.containsKey(prerequisite)) {
                    String path = invalid.get(prerequisite);
                    String reason =
                            path == null
                                    ? "no document has this id"
                                    : "the document with this id is not valid: " + path;
                    missing.add(new Missing(unit.id(), unit.path(), prerequisite, reason));
                }
            }
        }
        missing.sort(Comparator.comparing(Missing::path).thenComparing(Missing::prerequisite));
    }

    private void connect() {
        for (Unit unit : units.values()) {
            Set<String> open = new LinkedHashSet<>(unit.prerequisites());
            open.retainAll(units.keySet());
            for (String before : open) {
                enables.computeIfAbsent(before, id -> new ArrayList<>()).add(unit.id());
            }
            waitsFor.put(unit.id(), open);
            placedAfter.put(unit.id(), new ArrayList<>(open));
            if (open.isEmpty()) {
                ready.add(unit);
            }
        }
    }

    private void place() {
        while (!waitsFor.isEmpty()) {
            // A unit can be in several cycles.
            while (ready.isEmpty()) {
                breakCycle();
            }
            Unit next = ready.remove();
            waitsFor.remove(next.id());
            List<String> before = placedAfter.get(next.id());
            int level = before.stream().mapToInt(id -> levels.get(id) + 1).max().orElse(0);
            levels.put(next.id(), level);
            places.add(
                    new Place(
                            next.id(),
                            next.title(),
                            next.difficulty(),
                            next.path(),
                            level,
                            List.copyOf(before)));
            for (String enabled : enables.getOrDefault(next.id(), List.of())) {
                finish(enabled, next.id());
            }
        }
    }

    private void finish(String id, String prerequisite) {
        Set<String> open = waitsFor.get(id);
        // A unit that was placed to break a cycle does not wait any more.
        if (open != null && open.remove(prerequisite) && open.isEmpty()) {
            ready.add(units.get(id));
        }
    }

    /** Walks from any unit to what it waits for until it comes back, then opens that cycle at its easiest unit. */
    private void breakCycle() {
        List<String> walk = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String at = waitsFor.keySet().stream().sorted().findFirst().orElseThrow();
        while (seen.add(at)) {
            walk.add(at);
            at = waitsFor.get(at).stream().sorted().findFirst().orElseThrow();
        }
        List<String> cycle = walk.subList(walk.indexOf(at), walk.size());
        String easiest = cycle.stream().map(units::get).min(EASIEST).orElseThrow().id();
        int from = cycle.indexOf(easiest);
        List<String> turned = new ArrayList<>(cycle.subList(from, cycle.size()));
        turned.addAll(cycle.subList(0, from));
        String ignored = turned.size() > 1 ? turned.get(1) : easiest;
        turned.add(easiest);
        cycles.add(turned);
        placedAfter.get(easiest).remove(ignored);
        finish(easiest, ignored);
    }
}
