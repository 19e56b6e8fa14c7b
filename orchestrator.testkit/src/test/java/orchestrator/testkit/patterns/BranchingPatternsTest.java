package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class BranchingPatternsTest extends PatternRuns {
    /** Starts a run in which some inputs are true and others false, and ends its step {@code a}. */
    private String choose(int pattern, String yes, String no) {
        Map<String, Boolean> input = new HashMap<>();
        List.of(yes.split(" ", -1)).forEach(key -> input.put(key, true));
        List.of(no.split(" ", -1)).forEach(key -> input.put(key, false));
        String run = start(pattern, input);
        assertEquals(List.of("begin a"), story.news());
        end("a");
        return run;
    }

    @Test
    public void wcp6MultiChoice() {
        assertThat(choose(6, "mail call", "letter")).completed().step("c", StepStatus.SKIPPED);
        assertEquals(List.of("end a", "b", "d"), story.news());
        assertThat(choose(6, "letter", "mail call")).completed();
        assertEquals(List.of("end a", "c"), story.news());
    }

    @Test
    public void wcp7StructuredSynchronizingMerge() {
        String both = choose(7, "mail letter", "none");
        end("c");
        assertEquals(List.of("end a", "begin b", "begin c", "end c"), story.news());
        end("b");
        assertEquals(List.of("end b", "d"), story.news());
        assertThat(both).completed();

        String second = choose(7, "letter", "mail");
        assertThat(second).step("b", StepStatus.SKIPPED).step("d", StepStatus.PENDING);
        end("c");
        assertEquals(List.of("end a", "begin c", "end c", "d"), story.news());
        assertThat(second).completed();

        assertThat(choose(7, "mail", "letter")).step("c", StepStatus.SKIPPED);
        end("b");
        assertEquals(List.of("end a", "begin b", "end b", "d"), story.news());
    }

    @Test
    public void wcp8MultiMerge() {
        String run = start(8);
        end("b");
        assertEquals(List.of("begin a", "begin b", "end b", "begin c for b"), story.news());
        end("a");
        assertEquals(List.of("end a", "begin c for a"), story.news());
        end("c for b");
        end("c for a");
        assertEquals(List.of("end c for b", "d for b", "end c for a", "d for a"), story.news());
        assertThat(run).completed();
    }

    @Test
    public void wcp9StructuredDiscriminator() {
        String run = start(9);
        end("b");
        assertEquals(List.of("begin a", "begin b", "end b", "c"), story.news());
        assertThat(run).is(RunStatus.RUNNING).step("c", StepStatus.COMPLETED);
        end("a");
        assertEquals(List.of("end a"), story.news());
        assertThat(run).completed().attempts("c", 1);
    }

    @Test
    public void wcp28BlockingDiscriminator() {
        String run = start(28, Map.of("rounds", 2));
        end("b");
        assertEquals(List.of("begin a", "begin b", "end b", "c"), story.news());
        end("a"); // only now the next round begins
        assertEquals(List.of("end a", "begin a", "begin b"), story.news());
        end("a");
        assertEquals(List.of("end a", "c"), story.news());
        assertThat(run).step("rounds", StepStatus.RUNNING);
        end("b");
        assertEquals(List.of("end b"), story.news());
        assertThat(run).completed().output("rounds", 2L);
    }

    @Test
    public void wcp29CancellingDiscriminator() {
        for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
            String first = order.get(0);
            String left = order.get(1);
            String run = start(29);
            assertEquals(List.of("begin a", "begin b"), story.newsSorted());
            end(first);
            assertEquals(List.of("end " + first, "cancel " + left, "c"), story.news());
            assertThat(run)
                    .completed()
                    .step(first, StepStatus.COMPLETED)
                    .step(left, StepStatus.FAILED)
                    .attempts("c", 1);
            assertEquals(List.of(RunStatus.COMPLETED, RunStatus.CANCELLED), statuses(run));
        }
    }

    /** Each of three branches is the last one once. */
    private static final List<List<String>> ORDERS =
            List.of(List.of("c", "a", "b"), List.of("b", "c", "a"), List.of("a", "b", "c"));

    @Test
    public void wcp30StructuredPartialJoin() {
        for (List<String> order : ORDERS) {
            String run = start(30);
            assertEquals(List.of("begin a", "begin b", "begin c"), story.news());
            end(order.get(0));
            assertEquals(List.of("end " + order.get(0)), story.news());
            end(order.get(1));
            assertEquals(List.of("end " + order.get(1), "d"), story.news());
            end(order.get(2));
            assertEquals(List.of("end " + order.get(2)), story.news());
            assertThat(run).completed().attempts("d", 1);
        }
    }

    @Test
    public void wcp31BlockingPartialJoin() {
        String run = start(31, Map.of("rounds", 2));
        end("a");
        end("b");
        assertEquals(List.of("begin a", "begin b", "begin c", "end a", "end b", "d"), story.news());
        end("c");
        assertEquals(List.of("end c", "begin a", "begin b", "begin c"), story.news());
        end("c");
        assertEquals(List.of("end c"), story.news());
        end("b");
        assertEquals(List.of("end b", "d"), story.news());
        end("a");
        assertThat(run).completed();
    }

    @Test
    public void wcp32CancellingPartialJoin() {
        for (List<String> order : ORDERS) {
            String run = start(32);
            assertEquals(List.of("begin a", "begin b", "begin c"), story.newsSorted());
            end(order.get(0));
            assertEquals(List.of("end " + order.get(0)), story.news());
            end(order.get(1));
            String left = order.get(2);
            assertEquals(List.of("end " + order.get(1), "cancel " + left, "d"), story.news());
            assertThat(run).completed().step(left, StepStatus.FAILED).attempts("d", 1);
        }
    }

    @Test
    public void wcp37LocalSynchronizingMerge() {
        String both = choose(37, "b c", "none");
        end("b");
        assertEquals(List.of("end a", "begin b", "begin c", "end b", "begin d"), story.news());
        end("d");
        end("c");
        assertEquals(List.of("end d", "end c", "begin e"), story.news());
        end("e");
        assertEquals(List.of("end e", "f"), story.news());
        assertThat(both).completed();

        assertThat(choose(37, "c", "b")).step("d", StepStatus.SKIPPED);
        end("c");
        end("e");
        assertEquals(List.of("end a", "begin c", "end c", "begin e", "end e", "f"), story.news());

        assertThat(choose(37, "b", "c")).step("c", StepStatus.SKIPPED);
        end("b");
        assertEquals(List.of("end a", "begin b", "end b", "begin d", "begin e"), story.news());
        end("d");
        end("e");
        assertEquals(List.of("end d", "end e", "f"), story.news());
    }

    @Test
    public void wcp41ThreadMerge() {
        String run = start(41);
        end("3");
        end("1");
        assertEquals(List.of("begin 1", "begin 2", "begin 3", "end 3", "end 1"), story.news());
        end("2");
        assertEquals(List.of("end 2", "merged"), story.news());
        assertThat(run).completed().attempts("merged", 1);
    }

    @Test
    public void wcp42ThreadSplit() {
        String run = start(42);
        assertEquals(List.of("begin a 1", "begin a 2", "begin a 3"), story.newsSorted());
        end("a 2");
        assertEquals(List.of("end a 2", "b 2"), story.news());
        end("a 3");
        end("a 1");
        assertEquals(List.of("end a 3", "b 3", "end a 1", "b 1"), story.news());
        assertThat(run).completed();
    }
}
