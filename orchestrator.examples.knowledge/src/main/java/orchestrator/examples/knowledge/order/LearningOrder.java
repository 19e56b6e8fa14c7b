package orchestrator.examples.knowledge.order;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order in which units can be learnt, each after its prerequisites, and what stood against it.
 *
 * @param places every valid unit once
 * @param cycles ids that are prerequisites of each other, the first one again at the end; the first was placed before its
 *     prerequisite, the second
 * @param missing prerequisites that no valid unit has as its id
 * @param duplicates ids that several units have
 */
public record LearningOrder(
        List<Place> places,
        List<List<String>> cycles,
        List<Missing> missing,
        List<Duplicate> duplicates) {

    /**
     * The place of one unit.
     *
     * @param level 0 without prerequisites, otherwise one more than its highest prerequisite
     * @param prerequisites the ids that come before it; neither missing ones nor the one that closes a cycle
     */
    public record Place(
            String id,
            String title,
            String difficulty,
            String path,
            int level,
            List<String> prerequisites) {}

    /** A prerequisite that no valid unit has as its id; {@code reason} says what there is instead. */
    public record Missing(String id, String path, String prerequisite, String reason) {}

    /** An id that several units have; the first of the paths stands for it. */
    public record Duplicate(String id, List<String> paths) {}

    /** The order as a task's output. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", places.size());
        map.put("order", places.stream().map(LearningOrder::toMap).toList());
        map.put("cycles", cycles);
        map.put("missing", missing.stream().map(LearningOrder::toMap).toList());
        map.put("duplicates", duplicates.stream().map(LearningOrder::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Place place) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", place.id);
        map.put("title", place.title);
        map.put("difficulty", place.difficulty);
        map.put("path", place.path);
        map.put("level", place.level);
        map.put("prerequisites", place.prerequisites);
        return map;
    }

    private static Map<String, Object> toMap(Missing missing) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", missing.id);
        map.put("path", missing.path);
        map.put("prerequisite", missing.prerequisite);
        map.put("reason", missing.reason);
        return map;
    }

    private static Map<String, Object> toMap(Duplicate duplicate) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", duplicate.id);
        map.put("paths", duplicate.paths);
        return map;
    }
}
