package orchestrator.shell.output;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class TableTest {
    private static final String LONG = "a text that is longer than there is room for";

    @Test
    public void showsEverythingWhereThereIsRoom() {
        assertEquals(
                """
                Id | What                                         | More
                ---+----------------------------------------------+-----
                7  | a text that is longer than there is room for | x
                """,
                print(1000, StandardCharsets.US_ASCII));
    }

    @Test
    public void cutsWhatMayBeCutAndMarksIt() {
        assertEquals(
                """
                Id │ What        │ More
                ───┼─────────────┼─────
                7  │ a text tha… │ x
                """,
                print(23, StandardCharsets.UTF_8));
        assertEquals(
                """
                Id | What        | More
                ---+-------------+-----
                7  | a text th.. | x
                """,
                print(23, StandardCharsets.US_ASCII));
    }

    @Test
    public void leavesOptionalColumnsOutBeforeItOverflows() {
        assertEquals(
                """
                Id | What
                ---+-------
                7  | a te..
                """,
                print(11, StandardCharsets.US_ASCII));
    }

    @Test
    public void keepsFixedColumnsWhole() {
        assertEquals(
                """
                Id | What
                ---+-----
                7  | a ..
                """,
                print(3, StandardCharsets.US_ASCII));
    }

    @Test
    public void cutsIdsOnlyWhereNothingElseMakesRoom() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Table()
                .fixed("Id")
                .status("Status")
                .flexible("What", 5)
                .row("0123456789abcdef", "CANCELLED", LONG)
                .print(screen(out, 28, StandardCharsets.US_ASCII), "");
        String text = out.toString(StandardCharsets.US_ASCII);
        assertEquals("012345.. | CANCELLED | a t..", text.lines().toList().get(2).strip());
    }

    @Test
    public void saysWhenItIsEmpty() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Table().fixed("Id").print(screen(out, 80, StandardCharsets.UTF_8), "Nothing.");
        assertEquals("Nothing.\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    public void refusesARowThatDoesNotFit() {
        assertEquals(
                "Expected 1 cells, but found 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Table().fixed("Id").row(1, 2))
                        .getMessage());
    }

    private static String print(int width, Charset charset) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Table()
                .fixed("Id")
                .flexible("What", 5)
                .optional("More", 4)
                .row(7, LONG, "x")
                .print(screen(out, width, charset), "");
        return out.toString(charset).replaceAll(" +\n", "\n");
    }

    private static Screen screen(ByteArrayOutputStream out, int width, Charset charset) {
        return new Screen(new PrintStream(out, true, charset), width, false, charset);
    }
}
