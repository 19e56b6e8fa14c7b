package orchestrator.examples.knowledge.document;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was noticed in one document.
 *
 * @param error whether the document is not valid because of it
 * @param file the file, relative to the content folder
 * @param line counted from 1; 0 if it is about the whole file
 * @param column counted from 1; 0 if unknown
 * @param field the field that it is about, such as {@code tags/2}; may be empty
 * @param reason what was expected and what was found
 */
public record Finding(
        boolean error, String file, int line, int column, String field, String reason) {

    private static final int LONGEST = 500;

    public Finding {
        reason = cut(reason);
        field = cut(field);
    }

    /** The finding as a part of a task's output. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", error ? "error" : "warning");
        map.put("file", file);
        map.put("line", line);
        map.put("column", column);
        map.put("field", field);
        map.put("reason", reason);
        return map;
    }

    /** The finding that {@link #toMap} wrote. */
    public static Finding from(Map<?, ?> map) {
        Tree tree = new Tree(map);
        return new Finding(
                !"warning".equals(tree.text("severity")),
                tree.text("file"),
                tree.integer("line"),
                tree.integer("column"),
                tree.text("field"),
                tree.text("reason"));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }
}
