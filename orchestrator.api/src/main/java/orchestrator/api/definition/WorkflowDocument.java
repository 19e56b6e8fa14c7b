package orchestrator.api.definition;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;

/**
 * The one canonical form of a workflow: a checked, normalised, unmodifiable tree, whatever it was written in. Equal
 * workflows have equal bytes and so the same hash. Immutable.
 */
public final class WorkflowDocument {
    private final Map<String, Object> tree;
    private final byte[] bytes;
    private final String hash;

    private WorkflowDocument(Map<String, Object> tree) {
        this.tree = tree;
        this.bytes = CanonicalJson.bytes(tree);
        this.hash = sha256(bytes);
    }

    /**
     * Checks and normalises a document. Expressions are not checked here.
     *
     * @param document a tree of null, Boolean, String, Number, List and Map
     * @param source finds the place of a value in the file that it came from
     * @throws InvalidWorkflowException with everything that is wrong
     */
    public static WorkflowDocument of(Map<String, ?> document, SourceMap source) {
        Problems problems = new Problems(source);
        Map<String, Object> tree = new DocumentReader(problems).read(document);
        problems.throwIfAny();
        return new WorkflowDocument(tree);
    }

    /** The workflow's name. */
    public String name() {
        return (String) tree.get("workflow");
    }

    /** The workflow's version, as written. */
    public String version() {
        return (String) tree.get("version");
    }

    /** The whole tree. */
    public Map<String, Object> tree() {
        return tree;
    }

    /** The steps, by name. */
    @SuppressWarnings("unchecked")
    public Map<String, Map<String, Object>> steps() {
        return (Map<String, Map<String, Object>>) tree.get("steps");
    }

    /** What the named step comes after. */
    @SuppressWarnings("unchecked")
    public List<String> after(String step) {
        return (List<String>) steps().get(step).getOrDefault("after", List.of());
    }

    /** The canonical bytes (RFC 8785). */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** SHA-256 of the canonical bytes, in hexadecimal. */
    public String hash() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkflowDocument that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return name() + " " + version() + " (" + hash + ")";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
