package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.definitions.WorkflowFile;
import org.junit.Test;

/** The page {@code docs/patterns.md} is true: it names every pattern once, and the test of each that is there; and no test is left out. */
public class PatternPageTest {
    private static final Path TESTS = Path.of("src/test/java/orchestrator/testkit/patterns");
    private static final String NOT = "not supported";

    private final PatternPage page = new PatternPage();

    @Test
    public void all43PatternsAreThereOnceByTheirPublishedNames() {
        Map<Integer, String> names = new TreeMap<>();
        page.rows().forEach(row -> names.merge(row.number(), row.name(), (a, b) -> a + "; " + b));
        assertEquals(PUBLISHED, List.copyOf(names.values()));
        assertEquals(IntStream.rangeClosed(1, 43).boxed().toList(), List.copyOf(names.keySet()));
    }

    @Test
    public void everyPatternThatCanBeWrittenShowsItsWorkflow() {
        Set<Integer> shown = new TreeSet<>();
        for (PatternPage.Row row : page.rows()) {
            if (!row.support().equals(NOT)) {
                shown.add(row.number());
                assertEquals(row.name(), page.titles().get(row.number()));
                List<WorkflowFile> files = page.workflows(row.number());
                assertTrue("WCP-" + row.number() + " shows no workflow", !files.isEmpty());
                for (WorkflowFile file : files) {
                    assertEquals(List.of(), file.problems());
                    assertTrue(file.name(), file.name().matches("wcp" + row.number() + "(_.*)?"));
                }
            }
        }
        assertEquals(shown, new TreeSet<>(page.titles().keySet()));
    }

    @Test
    public void theRowsNameTheTestsAndNoTestIsLeftOut() throws Exception {
        Set<String> named = new TreeSet<>();
        for (PatternPage.Row row : page.rows()) {
            if (row.support().equals(NOT)) {
                assertEquals("–", row.test());
            } else {
                assertTrue(row.test(), row.test().contains(".wcp" + row.number()));
                assertTrue(row.test(), !row.test().matches(".*\\.wcp" + row.number() + "\\d.*"));
                named.add(row.test());
            }
        }
        assertEquals(tests(), named);
    }

    private static Set<String> tests() throws IOException, ClassNotFoundException {
        Set<String> tests = new TreeSet<>();
        try (Stream<Path> sources = Files.list(TESTS)) {
            for (Path source :
                    sources.filter(s -> s.toString().endsWith("PatternsTest.java")).toList()) {
                String name = source.getFileName().toString().replace(".java", "");
                Class<?> type = Class.forName(PatternPageTest.class.getPackageName() + "." + name);
                for (Method method : type.getDeclaredMethods()) {
                    if (method.isAnnotationPresent(Test.class)) {
                        tests.add(name + "." + method.getName());
                    }
                }
            }
        }
        return tests;
    }

    @Test
    public void thePageCountsThemRight() {
        Map<String, Long> counts =
                page.rows().stream()
                        .collect(
                                Collectors.groupingBy(
                                        PatternPage.Row::support, Collectors.counting()));
        assertEquals(Set.of("supported", "composed", NOT), counts.keySet());
        String told =
                "Of the 43 patterns %d are supported, %d are composed, and %d are not supported."
                        .formatted(
                                counts.get("supported"), counts.get("composed"), counts.get(NOT));
        assertTrue("Expected on the page: " + told, page.text().contains(told));
    }

    @Test
    public void whatIsNotSupportedSaysWhy() {
        for (PatternPage.Row row : page.rows()) {
            if (row.support().equals(NOT)) {
                String why = "**WCP-%d %s.** ".formatted(row.number(), row.name());
                assertTrue("Expected on the page: " + why, page.text().contains(why));
            }
        }
    }

    @Test
    public void thePageShowsTheSteeringTasksAsTheyAre() throws IOException {
        String source = Files.readString(TESTS.resolve("SteeringTasks.java"));
        String shown = source.substring(source.indexOf("/** Tasks that"));
        assertTrue(
                "the page shows SteeringTasks", page.text().contains("```java\n" + shown + "```"));
    }

    /** As the Workflow Patterns Initiative names them, by number. */
    private static final List<String> PUBLISHED =
            Arrays.asList(
                    """
                    Sequence
                    Parallel Split
                    Synchronization
                    Exclusive Choice
                    Simple Merge
                    Multi-Choice
                    Structured Synchronizing Merge
                    Multi-Merge
                    Structured Discriminator
                    Arbitrary Cycles
                    Implicit Termination
                    Multiple Instances without Synchronization
                    Multiple Instances with a Priori Design-Time Knowledge
                    Multiple Instances with a Priori Run-Time Knowledge
                    Multiple Instances without a Priori Run-Time Knowledge
                    Deferred Choice
                    Interleaved Parallel Routing
                    Milestone
                    Cancel Task
                    Cancel Case
                    Structured Loop
                    Recursion
                    Transient Trigger
                    Persistent Trigger
                    Cancel Region
                    Cancel Multiple Instance Activity
                    Complete Multiple Instance Activity
                    Blocking Discriminator
                    Cancelling Discriminator
                    Structured Partial Join
                    Blocking Partial Join
                    Cancelling Partial Join
                    Generalised AND-Join
                    Static Partial Join for Multiple Instances
                    Cancelling Partial Join for Multiple Instances
                    Dynamic Partial Join for Multiple Instances
                    Local Synchronizing Merge
                    General Synchronizing Merge
                    Critical Section
                    Interleaved Routing
                    Thread Merge
                    Thread Split
                    Explicit Termination
                    """
                            .strip()
                            .split("\n", -1));
}
