package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class BasicPatternsTest extends PatternRuns {
    @Test
    public void wcp1Sequence() {
        String run = start(1);
        assertEquals(List.of("begin a"), story.news());
        assertThat(run).step("b", StepStatus.PENDING);
        end("a");
        assertEquals(List.of("end a", "b"), story.news());
        assertThat(run).completed();
    }

    @Test
    public void wcp2ParallelSplit() {
        String run = start(2);
        assertEquals(List.of("begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "begin b", "begin c"), story.news());
        end("c");
        end("b");
        assertThat(run).completed();
    }

    @Test
    public void wcp3Synchronization() {
        for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
            String run = start(3);
            end(order.get(0));
            assertEquals(List.of("begin a", "begin b", "end " + order.get(0)), story.news());
            end(order.get(1));
            assertEquals(List.of("end " + order.get(1), "c"), story.news());
            assertThat(run).completed();
        }
    }

    @Test
    public void wcp4ExclusiveChoice() {
        String small = start(4, Map.of("amount", 999));
        assertEquals(List.of("begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "b"), story.news());
        assertThat(small).completed().step("c", StepStatus.SKIPPED);

        String large = start(4, Map.of("amount", 1000));
        assertEquals(List.of("begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "c"), story.news());
        assertThat(large).completed().step("b", StepStatus.SKIPPED);
    }

    @Test
    public void wcp5SimpleMerge() {
        for (Map.Entry<Integer, String> branch : Map.of(1, "a", 1000, "b").entrySet()) {
            String run = start(5, Map.of("amount", branch.getKey()));
            assertEquals(List.of("begin " + branch.getValue()), story.news());
            assertThat(run).is(RunStatus.RUNNING);
            end(branch.getValue());
            assertEquals(List.of("end " + branch.getValue(), "c"), story.news());
            assertThat(run).completed();
        }
    }
}
