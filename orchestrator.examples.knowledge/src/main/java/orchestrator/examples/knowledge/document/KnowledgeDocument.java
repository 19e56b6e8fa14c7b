package orchestrator.examples.knowledge.document;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A knowledge unit as its file holds it; nothing about its shape is certain but that it is a JSON object. */
public final class KnowledgeDocument {
    /** The largest file that is read, unless another limit is given. */
    public static final long MAX_BYTES = 5_000_000;

    private final JsonTree tree;

    private KnowledgeDocument(JsonTree tree) {
        this.tree = tree;
    }

    /** Reads a file of at most so many bytes. */
    public static KnowledgeDocument read(Path file, long maxBytes) throws BrokenDocument {
        JsonTree tree = JsonTree.read(new TextFile(maxBytes).read(file));
        if (tree.root() instanceof Map<?, ?>) {
            return new KnowledgeDocument(tree);
        }
        throw new BrokenDocument(
                1, 1, "Expected a JSON object, but found " + Shape.nameOf(tree.root()));
    }

    JsonTree json() {
        return tree;
    }

    /** Its fields. */
    public Tree fields() {
        return new Tree(tree.root());
    }

    /** Every text inside of {@code content}, in the order of the file. */
    public List<Passage> passages() {
        List<Passage> passages = new ArrayList<>();
        collect("content", fields().value("content"), passages);
        return passages;
    }

    /**
     * One text of the content.
     *
     * @param key the nearest key above it
     */
    public record Passage(String key, String text) {}

    /** The depth is bounded by the reader, so that the recursion is too. */
    private static void collect(String key, Object value, List<Passage> passages) {
        if (value instanceof String text) {
            passages.add(new Passage(key, text));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(key, element, passages));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> collect(String.valueOf(name), child, passages));
        }
    }
}
