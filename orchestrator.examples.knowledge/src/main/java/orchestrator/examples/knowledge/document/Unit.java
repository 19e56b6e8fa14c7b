package orchestrator.examples.knowledge.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one document after its validation.
 *
 * @param path its file, relative to the content folder
 * @param id its id; empty if it has none
 * @param title its title; empty if it has none
 * @param contentType what kind of unit it is; may be empty
 * @param difficulty one of {@link Validator#DIFFICULTIES}; may be empty
 * @param description what it is about; may be empty
 * @param tags its tags
 * @param prerequisites the ids of the units to be learnt before, each once
 * @param words how many words its content has
 * @param score from 0 to 1
 * @param findings what was noticed
 */
public record Unit(
        String path,
        String id,
        String title,
        String contentType,
        String difficulty,
        String description,
        List<String> tags,
        List<String> prerequisites,
        int words,
        double score,
        List<Finding> findings) {

    private static final int LONGEST_TEXT = 1_000;
    private static final int MOST_TAGS = 20;

    public Unit {
        tags = List.copyOf(tags);
        prerequisites = List.copyOf(prerequisites);
        findings = List.copyOf(findings);
    }

    /** A file that cannot be read as a document. */
    public static Unit broken(String path, Finding finding) {
        return new Unit(path, "", "", "", "", "", List.of(), List.of(), 0, 0, List.of(finding));
    }

    static Unit of(String path, Tree fields, int words, double score, List<Finding> findings) {
        return new Unit(
                path,
                cut(fields.text("id")),
                cut(fields.text("title")),
                cut(fields.text("content_type")),
                cut(fields.text("difficulty")),
                cut(fields.text("description")),
                fields.texts("tags").stream().limit(MOST_TAGS).map(Unit::cut).toList(),
                Set.copyOf(fields.texts("prerequisites")).stream()
                        .sorted()
                        .limit(200)
                        .map(Unit::cut)
                        .toList(),
                words,
                score,
                findings);
    }

    /** Whether nothing was found that is an error. */
    public boolean valid() {
        return findings.stream().noneMatch(Finding::error);
    }

    /** The unit as a task's output. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", path);
        map.put("id", id);
        map.put("title", title);
        map.put("content_type", contentType);
        map.put("difficulty", difficulty);
        map.put("description", description);
        map.put("tags", tags);
        map.put("prerequisites", prerequisites);
        map.put("words", words);
        map.put("valid", valid());
        map.put("score", score);
        map.put("findings", findings.stream().map(Finding::toMap).toList());
        return map;
    }

    /** The unit that {@link #toMap} wrote. */
    public static Unit from(Tree tree) {
        return new Unit(
                tree.text("path"),
                tree.text("id"),
                tree.text("title"),
                tree.text("content_type"),
                tree.text("difficulty"),
                tree.text("description"),
                tree.texts("tags"),
                tree.texts("prerequisites"),
                tree.integer("words"),
                tree.number("score"),
                tree.list("findings").stream()
                        .filter(Map.class::isInstance)
                        .map(f -> Finding.from((Map<?, ?>) f))
                        .toList());
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
