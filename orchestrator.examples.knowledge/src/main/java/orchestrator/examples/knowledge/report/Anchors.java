package orchestrator.examples.knowledge.report;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import orchestrator.examples.knowledge.document.Validator;

/** Names inside of a page that are made from what documents say, and are safe whatever they say. */
final class Anchors {
    private Anchors() {}

    /** The anchor of the document in that file. */
    static String of(String path) {
        boolean plain =
                path.chars()
                        .allMatch(
                                c ->
                                        c < 128
                                                && (Character.isLetterOrDigit(c)
                                                        || "._-/".indexOf(c) >= 0));
        return "doc-"
                + (plain ? path : HexFormat.of().formatHex(path.getBytes(StandardCharsets.UTF_8)));
    }

    /** The style of a difficulty. */
    static String difficulty(String difficulty) {
        return Validator.DIFFICULTIES.contains(difficulty) ? difficulty : "unknown";
    }
}
