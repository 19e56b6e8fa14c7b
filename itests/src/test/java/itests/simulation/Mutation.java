package itests.simulation;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A bug that is planted to see whether simulations find it: one text of a source that becomes another.
 *
 * @param name what the bug is
 * @param type whose source it is in
 * @param text that is there exactly once
 * @param replacement what it becomes
 * @param within how many simulations at most find it
 */
record Mutation(String name, String type, String text, String replacement, int within) {

    /** The source with the bug. */
    String applied() throws IOException {
        String source = Files.readString(PatchedClasses.source(type));
        int at = source.indexOf(text);
        if (at < 0 || source.indexOf(text, at + 1) >= 0) {
            throw new IllegalStateException(
                    "Expected '%s' exactly once in the source of %s, but found it %s: plant '%s' anew"
                            .formatted(text, type, at < 0 ? "nowhere" : "again", name));
        }
        return source.replace(text, replacement);
    }

    @Override
    public String toString() {
        return name;
    }
}
