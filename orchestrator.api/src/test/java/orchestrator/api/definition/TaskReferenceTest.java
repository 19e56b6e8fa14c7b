package orchestrator.api.definition;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;

public class TaskReferenceTest {
    @Test
    public void aNameAloneTakesEveryVersion() {
        TaskReference index = TaskReference.of("knowledge.index");
        assertEquals("knowledge.index", index.name());
        assertFalse(index.isRanged());
        for (String version : List.of("", "1", "0.0.0", "2.0.0.SNAPSHOT", "whatever")) {
            assertTrue(version, index.accepts(version));
        }
    }

    @Test
    public void aRangeTakesWhatLiesInIt() {
        assertTakes("[1.2,2)", "1.2", "1.2.0", "1.2.0.SNAPSHOT", "1.10", "1.999.999.z", "1.2-beta");
        assertLeaves("[1.2,2)", "1.1.9", "1", "2", "2.0.0", "2.0.0.SNAPSHOT", "0.1.3", "v1.5", "");
        assertTakes("(1.2,2]", "1.2.1", "1.2.0.a", "2", "2.0", "2.0.0");
        assertLeaves("(1.2,2]", "1.2", "1.2.0", "2.0.0.a", "2.0.1");
        assertTakes("[1.2.3,1.2.3]", "1.2.3");
        assertLeaves("[1.2.3,1.2.3]", "1.2.3.a", "1.2.4", "1.2.2");
        assertTakes("1.2", "1.2", "1.2.0", "99");
        assertLeaves("1.2", "1.1", "1.1.99");
        assertTakes("[1.0.0.b,1.0.0.d)", "1.0.0.b", "1.0.0.c");
        assertLeaves("[1.0.0.b,1.0.0.d)", "1.0.0", "1.0.0.B", "1.0.0.d");
        assertTakes("1", "99999999999999999999.0", "2026.11.24");
    }

    @Test
    public void itIsWrittenAsItWasRead() {
        assertEquals("a.b/c-d@[1.2,2)", TaskReference.of("a.b/c-d@[1.2,2)").toString());
        assertEquals("a.b/c-d", TaskReference.of("a.b/c-d@[1.2,2)").name());
        assertEquals(TaskReference.of("a@1"), TaskReference.of("a@1"));
    }

    @Test
    public void whatIsNoRangeIsRefusedWithTheWordsOfOne() {
        for (String wrong :
                List.of(
                        "",
                        "[1.2,2",
                        "1.2,2",
                        "[1.2;2)",
                        "[,2)",
                        "[1.2,]",
                        "*",
                        "[1 ,2)",
                        "latest",
                        "[1.2]",
                        "1.2.3.4.5",
                        "-1",
                        "1.2@2")) {
            String found =
                    assertThrows(
                                    wrong,
                                    IllegalArgumentException.class,
                                    () -> TaskReference.of("a.b@" + wrong))
                            .getMessage();
            assertEquals(
                    "Expected a range of versions such as [1.2,2) or 1.2 after 'a.b@', but found '"
                            + wrong
                            + "'",
                    found);
        }
    }

    @Test
    public void aRangeThatNothingCanBeInIsRefused() {
        for (String wrong :
                List.of("[2,1.2]", "(1.2,1.2]", "[1.2,1.2)", "[1.2.0,1.2)", "[1.0.0.b,1.0.0.a]")) {
            assertThrows(
                    wrong, IllegalArgumentException.class, () -> TaskReference.of("a.b@" + wrong));
        }
    }

    @Test
    public void aNameThatIsNoneIsRefused() {
        for (String wrong : List.of("", "1a", "a b", "@1", "a\n", "é", "a@b@1")) {
            assertThrows(wrong, IllegalArgumentException.class, () -> TaskReference.of(wrong));
        }
    }

    private static void assertTakes(String range, String... versions) {
        for (String version : versions) {
            assertTrue(range + " " + version, TaskReference.of("a@" + range).accepts(version));
        }
    }

    private static void assertLeaves(String range, String... versions) {
        for (String version : versions) {
            assertFalse(range + " " + version, TaskReference.of("a@" + range).accepts(version));
        }
    }
}
