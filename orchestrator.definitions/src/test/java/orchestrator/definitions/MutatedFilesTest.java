package orchestrator.definitions;

import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import orchestrator.api.definition.Problem;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Thousands of spoilt copies of a good file: each is read, or refused at a place; nothing else ever happens. */
public class MutatedFilesTest {
    private static final int COPIES = 5_000;
    private static final List<String> PIECES =
            List.of(
                    "\t",
                    "\n",
                    " ",
                    "  ",
                    ":",
                    ": ",
                    "- ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "'",
                    "\"",
                    "#",
                    "&a",
                    "*a",
                    "!",
                    "!!int ",
                    "|",
                    ">",
                    "%",
                    "@",
                    "`",
                    "?",
                    "? ",
                    "---\n",
                    "...\n",
                    "<<: ",
                    "~",
                    "null",
                    "\\",
                    "\\u",
                    "\\ud800",
                    "\\U00110000",
                    "\u0000",
                    "\u0085",
                    "\u2028",
                    "\uFEFF",
                    "😀",
                    "1_000",
                    "0o17",
                    ".inf",
                    ".nan",
                    "yes",
                    "1e999",
                    "-",
                    "99999999999999999999",
                    "1d".repeat(60),
                    "\r",
                    "%YAML 3.0\n---\n",
                    "%TAG ! x\n");

    @org.junit.Rule public final Timeout timeout = Timeout.seconds(120);

    @Test
    public void everySpoiltCopyIsAnswered() {
        int broken = 0;
        for (int seed = 0; seed < COPIES; seed++) {
            byte[] bytes = spoilt(new Random(seed));
            List<Problem> problems;
            try {
                problems = Texts.read(bytes).problems();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
            for (Problem problem : problems) {
                String said = "seed " + seed + ": " + problem;
                assertTrue(said, problem.place().matches("f\\.yaml, line \\d+, column \\d+"));
                assertTrue(said, problem.message().startsWith("Expected "));
                assertTrue(said, problem.toString().lines().count() == 1);
            }
            broken += problems.isEmpty() ? 0 : 1;
        }
        assertTrue("broken: " + broken, broken > COPIES / 2 && broken < COPIES);
    }

    private static byte[] spoilt(Random random) {
        List<String> parts = new ArrayList<>();
        Texts.GOOD.codePoints().forEach(c -> parts.add(Character.toString(c)));
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(parts.size());
            switch (random.nextInt(5)) {
                case 0 -> parts.remove(at);
                case 1 -> parts.add(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> parts.set(at, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> parts.subList(at, Math.min(parts.size(), at + 40)).clear();
                default ->
                        parts.addAll(
                                at,
                                List.copyOf(parts.subList(at, Math.min(parts.size(), at + 60))));
            }
        }
        byte[] bytes = String.join("", parts).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
