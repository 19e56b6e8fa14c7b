package orchestrator.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/**
 * The table of {@code docs/state-contract.md}: every sentence of the storage contract is in it, with the tests that show
 * it; every test that it names is there, and every test is named.
 */
public class ContractTableTest {
    private static final Path TABLE = Path.of("../docs/state-contract.md");
    private static final Path API =
            Path.of("../orchestrator.api/src/main/java/orchestrator/api/state");

    /** What stands in place of tests: the sentence names something, or another test shows it. */
    private static final List<String> REMARKS = List.of("(says what it is)", "(elsewhere: ");

    @Test
    public void everySentenceIsInTheTableAndNothingElse() throws Exception {
        for (Map.Entry<String, List<Row>> type : table().entrySet()) {
            assertEquals(
                    "sentences of " + type.getKey(),
                    String.join("\n", Sentences.of(API.resolve(type.getKey() + ".java"))),
                    String.join("\n", type.getValue().stream().map(Row::sentence).toList()));
        }
        assertTrue(table().containsKey("StateBackend") && table().size() > 20);
    }

    @Test
    public void everyRowNamesTestsThatExistOrSaysWhyNot() throws Exception {
        Set<String> tests = tests();
        List<String> faults = new ArrayList<>();
        for (Row row : rows()) {
            boolean remark = REMARKS.stream().anyMatch(row.tests()::startsWith);
            if (!remark) {
                for (String test : row.tests().split(", ")) {
                    if (!tests.contains(test)) {
                        faults.add("Expected a test, but found " + test + " for " + row.sentence());
                    }
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    public void everyTestIsNamed() throws Exception {
        Set<String> left = tests();
        rows().forEach(row -> left.removeAll(List.of(row.tests().split(", "))));
        assertEquals(Set.of(), left);
    }

    private static Set<String> tests() {
        Set<String> tests = new TreeSet<>();
        for (Class<?> topic : TopicRunner.topics()) {
            for (Method method : topic.getMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    tests.add(TopicRunner.testName(topic, method.getName()));
                }
            }
        }
        return tests;
    }

    private static List<Row> rows() throws Exception {
        return table().values().stream().flatMap(List::stream).toList();
    }

    private static Map<String, List<Row>> table() throws Exception {
        Map<String, List<Row>> table = new LinkedHashMap<>();
        List<Row> type = new ArrayList<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("## ")) {
                type = new ArrayList<>();
                table.put(line.substring(3), type);
            } else if (line.startsWith("| ")
                    && !line.startsWith("| ---")
                    && !line.startsWith("| sentence")) {
                String[] cells = line.split(" ?\\| ?", -1);
                type.add(new Row(cells[1], cells[2]));
            }
        }
        return table;
    }

    private record Row(String sentence, String tests) {}
}
