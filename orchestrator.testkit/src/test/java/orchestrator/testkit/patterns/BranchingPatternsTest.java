package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class BranchingPatternsTest extends PatternRuns {
    @Test
    public void wcp6MultiChoice() {
        assertThat(start(6, Map.of("mail", true, "letter", false, "call", true)))
                .completed()
                .step("c", StepStatus.SKIPPED);
        assertEquals(List.of("a", "b", "d"), story.news());
        assertThat(start(6, Map.of("mail", false, "letter", true, "call", false))).completed();
        assertEquals(List.of("a", "c"), story.news());
    }

    @Test
    public void wcp7StructuredSynchronizingMerge() {
        String both = start(7, Map.of("mail", true, "letter", true));
        end("c");
        assertEquals(List.of("a", "begin b", "begin c", "end c"), story.news());
        end("b");
        assertEquals(List.of("end b", "d"), story.news());
        assertThat(both).completed();

        String one = start(7, Map.of("mail", false, "letter", true));
        assertThat(one).step("b", StepStatus.SKIPPED).step("d", StepStatus.PENDING);
        end("c");
        assertEquals(List.of("a", "begin c", "end c", "d"), story.news());
        assertThat(one).completed();
    }

    @Test
    public void wcp8MultiMerge() {
        String run = start(8);
        end("b");
        assertEquals(List.of("begin a", "begin b", "end b", "c for b", "d for b"), story.news());
        end("a");
        assertEquals(List.of("end a", "c for a", "d for a"), story.news());
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
        String run = start(29);
        assertEquals(List.of("begin a", "begin b"), story.newsSorted());
        end("b");
        assertEquals(List.of("end b", "cancel a", "c"), story.news());
        assertThat(run)
                .completed()
                .step("a", StepStatus.FAILED)
                .step("b", StepStatus.COMPLETED)
                .attempts("c", 1);
        assertEquals(List.of(RunStatus.COMPLETED, RunStatus.CANCELLED), statuses(run));
    }

    @Test
    public void wcp30StructuredPartialJoin() {
        String run = start(30);
        end("c");
        assertEquals(List.of("begin a", "begin b", "begin c", "end c"), story.news());
        end("a");
        assertEquals(List.of("end a", "d"), story.news());
        end("b");
        assertEquals(List.of("end b"), story.news());
        assertThat(run).completed().attempts("d", 1);
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
        String run = start(32);
        assertEquals(List.of("begin a", "begin b", "begin c"), story.newsSorted());
        end("c");
        assertEquals(List.of("end c"), story.news());
        end("b");
        assertEquals(List.of("end b", "cancel a", "d"), story.news());
        assertThat(run).completed().step("a", StepStatus.FAILED).attempts("d", 1);
    }

    @Test
    public void wcp37LocalSynchronizingMerge() {
        String both = start(37, Map.of("b", true, "c", true));
        end("b");
        assertEquals(List.of("a", "begin b", "begin c", "end b", "begin d"), story.news());
        end("d");
        end("c");
        assertEquals(List.of("end d", "end c", "begin e"), story.news());
        end("e");
        assertEquals(List.of("end e", "f"), story.news());
        assertThat(both).completed();

        String one = start(37, Map.of("b", false, "c", true));
        assertThat(one).step("d", StepStatus.SKIPPED);
        end("c");
        end("e");
        assertEquals(List.of("a", "begin c", "end c", "begin e", "end e", "f"), story.news());
        assertThat(one).completed();
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
