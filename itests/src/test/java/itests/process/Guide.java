package itests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code blocks of a page in Markdown, as a test uses them. */
final class Guide {
    private static final Pattern BLOCK =
            Pattern.compile("^```([^\\n`]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("\\w+ file=(\\S+)");

    private final Path page;
    private final List<MatchResult> blocks;

    private Guide(Path page, List<MatchResult> blocks) {
        this.page = page;
        this.blocks = blocks;
    }

    static Guide read(Path page) throws IOException {
        return new Guide(page, BLOCK.matcher(Files.readString(page)).results().toList());
    }

    /**
     * The text of all blocks of a kind, in their order.
     *
     * @param kind what stands behind the opening backticks
     * @throws AssertionError if there is none
     */
    List<String> blocks(String kind) {
        List<String> found =
                blocks.stream().filter(b -> b.group(1).equals(kind)).map(b -> b.group(2)).toList();
        if (found.isEmpty()) {
            throw new AssertionError(
                    "Expected a block ```%s in %s, but found none".formatted(kind, page));
        }
        return found;
    }

    /** The files that the page shows whole, by path: blocks that begin like {@code ```java file=path}. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (MatchResult block : blocks) {
            var file = FILE.matcher(block.group(1));
            if (file.matches()) {
                files.put(file.group(1), block.group(2));
            }
        }
        return files;
    }
}
