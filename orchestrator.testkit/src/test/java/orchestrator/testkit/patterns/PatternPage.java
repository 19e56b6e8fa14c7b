package orchestrator.testkit.patterns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orchestrator.definitions.WorkflowFile;

/** The page {@code docs/patterns.md}: its rows, and the workflows that it shows for each pattern. */
final class PatternPage {
    private static final Path PAGE = Path.of("../docs/patterns.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| WCP-(\\d+) ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern SECTION =
            Pattern.compile("(?ms)^### WCP-(\\d+) ([^\\n]+)\\n(.*?)(?=^##|\\z)");
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

    private final String text;

    /**
     * One row of a table.
     *
     * @param support one of three words, as the page explains them
     * @param test class and method, or –
     */
    record Row(int number, String name, String support, String how, String test) {}

    PatternPage() {
        try {
            text = Files.readString(PAGE);
        } catch (IOException e) {
            throw new AssertionError("Expected the page of the patterns, but " + e, e);
        }
    }

    String text() {
        return text;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            rows.add(
                    new Row(
                            Integer.parseInt(row.group(1)),
                            row.group(2),
                            row.group(3),
                            row.group(4),
                            row.group(5).replace("`", "")));
        }
        return rows;
    }

    /** The title of each pattern that is shown, by its number. */
    Map<Integer, String> titles() {
        Map<Integer, String> titles = new LinkedHashMap<>();
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            if (titles.put(Integer.valueOf(section.group(1)), section.group(2)) != null) {
                throw new AssertionError("Expected one section, but found " + section.group(1));
            }
        }
        return titles;
    }

    /** The workflows shown for a pattern, the one that is started first. */
    List<WorkflowFile> workflows(int pattern) {
        List<WorkflowFile> files = new ArrayList<>();
        Matcher section = SECTION.matcher(text);
        while (section.find()) {
            if (Integer.parseInt(section.group(1)) == pattern) {
                Matcher yaml = YAML.matcher(section.group(3));
                while (yaml.find()) {
                    byte[] bytes = yaml.group(1).getBytes(StandardCharsets.UTF_8);
                    files.add(
                            WorkflowFile.read(
                                    "wcp" + pattern + ".yaml", new ByteArrayInputStream(bytes)));
                }
            }
        }
        return files;
    }
}
