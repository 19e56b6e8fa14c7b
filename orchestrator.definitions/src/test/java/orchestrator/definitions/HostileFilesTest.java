package orchestrator.definitions;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Files made to cost time, memory or the stack: each is one clear answer, soon. */
public class HostileFilesTest {
    private static final int SIZE = 4 * 1024 * 1024;

    /** Far above what is needed, far below what a quadratic answer would take. */
    @Rule public final Timeout timeout = Timeout.seconds(120);

    @Test
    public void openedAndNeverClosed() {
        for (String repeated :
                List.of(
                        "[", "{", "- ", "? ", "[\n", "{a: ", "-\n", "\"", "'", "!", "&a ", "*a ",
                        "a: ", "|\n", "--- ")) {
            assertRefused(fill("", repeated));
            assertRefused(fill("workflow: w\nsteps: ", repeated));
            assertRefused(fill("workflow: w\nsteps: \"", repeated));
        }
    }

    @Test
    public void nestedOnAThreadWithASmallStack() throws InterruptedException {
        List<String> problems = new ArrayList<>();
        Thread thread =
                new Thread(
                        null,
                        () -> problems.addAll(Texts.problems(fill("workflow: w\nsteps: ", "{a: "))),
                        "small stack",
                        256 * 1024);
        thread.start();
        thread.join();
        assertEquals(
                List.of("f.yaml, line 2, column 804: Expected at most 200 levels, but found more."),
                problems);
    }

    @Test
    public void aliasesThatMultiply() {
        StringBuilder text = new StringBuilder("workflow: w\nsteps:\n  l0: &l0 [x, x]\n");
        for (int i = 1; i <= 48; i++) {
            text.append("  l%d: &l%d [*l%d, *l%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertEquals(
                List.of(
                        "f.yaml, line 3, column 7: Expected a value, but found the anchor '&l0'; remove it."),
                Texts.problems(text.toString()));
    }

    @Test
    public void hugeScalars() {
        assertEquals(
                List.of(),
                Texts.problems(
                        fill("steps: {a: {task: t}}\nworkflow: w\ndescription: ", "lorem ")
                                .strip()));
        for (String key : List.of("timeout: ", "")) {
            for (String repeated : List.of("a", "1", "1s", "1d", "e", ".", "0x", "\\", "ä")) {
                assertRefused(fill(key, repeated));
                assertRefused(fill(key + "'", repeated) + "'");
            }
        }
    }

    @Test
    public void manyProblems() {
        List<String> problems = Texts.problems(numbered("", "k%d: 1\n", 100_000));
        assertEquals(51, problems.size());
        assertEquals("And 99,952 problems more.", problems.get(50));
    }

    @Test
    public void manyStepsThatNameNobody() {
        String prefix = "x".repeat(50);
        List<String> problems =
                Texts.problems(
                        numbered(
                                "workflow: w\nsteps:\n",
                                "  " + prefix + "%1$d: {task: t, after: " + prefix + "z%1$d}\n",
                                10_000));
        assertEquals(51, problems.size());
        problems =
                Texts.problems(
                        numbered(
                                "workflow: w\nsteps:\n  a:\n    task: t\n    after:\n",
                                "    - n%d\n",
                                100_000));
        assertEquals("And 99,950 problems more.", problems.get(50));
    }

    @Test
    public void manySteps() {
        StringBuilder chain = new StringBuilder("workflow: w\nsteps:\n  s0: {task: t}\n");
        for (int i = 1; i < 30_000; i++) {
            chain.append("  s%d: {task: t, after: s%d}\n".formatted(i, i - 1));
        }
        assertEquals(List.of(), Texts.problems(chain.toString()));
        List<String> cycle =
                Texts.problems(
                        chain.toString().replace("s0: {task: t}", "s0: {task: t, after: s29999}"));
        assertEquals(1, cycle.size());
        assertTrue(
                cycle.get(0),
                cycle.get(0)
                        .startsWith(
                                "f.yaml, line 3, column 17: steps.s0.after: Expected an order without cycles, but found s0 → s29999 → "));
    }

    @Test
    public void manyNumbers() {
        String start = "workflow: w\nsteps: {a: {task: t, input: {x: [";
        assertEquals(
                List.of(),
                Texts.problems(fill(start, "4.9e-324, ").substring(0, SIZE / 4) + "0]}}}"));
        assertEquals(
                List.of(),
                Texts.problems(
                        fill(start, "0.1234567890123456789, ").substring(0, SIZE / 4) + "]}}}"));
    }

    private static void assertRefused(String text) {
        List<String> problems = Texts.problems(text);
        String start = text.substring(0, Math.min(60, text.length()));
        assertTrue(start, !problems.isEmpty());
        for (String problem : problems) {
            assertTrue(
                    start + " → " + problem,
                    problem.matches("f\\.yaml, line \\d+, column \\d+: .*Expected .*, but .*"));
            assertTrue(problem, problem.length() < 600);
        }
    }

    /** A file of the size that is just accepted. */
    private static String fill(String start, String repeated) {
        int count =
                (SIZE - 8 - start.length())
                        / repeated.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        return start + repeated.repeat(count);
    }

    private static String numbered(String start, String line, int count) {
        StringBuilder text = new StringBuilder(start);
        for (int i = 0; i < count; i++) {
            text.append(line.formatted(i));
        }
        return text.toString();
    }
}
