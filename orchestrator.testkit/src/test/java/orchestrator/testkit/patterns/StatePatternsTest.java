package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class StatePatternsTest extends PatternRuns {
    @Test
    public void wcp16DeferredChoice() {
        String rejected = start(16);
        assertThat(rejected).waitsFor("signal", "decided");
        assertTrue(signal(rejected, "decided", Map.of("kind", "reject")));
        assertFalse(signal(rejected, "decided", Map.of("kind", "accept")));
        assertThat(rejected).completed().step("accept", StepStatus.SKIPPED);
        assertEquals(List.of("reject"), story.news());

        assertTrue(signal(start(16), "decided", Map.of("kind", "accept")));
        assertEquals(List.of("accept"), story.news());

        String expired = start(16);
        engine.advance(Duration.ofDays(3));
        assertThat(expired).completed();
        assertEquals(List.of("expire"), story.news());
    }

    @Test
    public void wcp17InterleavedParallelRouting() {
        String run = start(17);
        end("before_c");
        end("before_a");
        assertEquals(
                List.of(
                        "begin before_a",
                        "begin before_c",
                        "end before_c",
                        "begin c",
                        "end before_a"),
                story.news());
        end("c");
        assertEquals(List.of("end c", "begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "begin b"), story.news());
        end("b");
        assertThat(run).completed();
        story.news();

        String other = start(17);
        end("before_a");
        end("a");
        end("before_c"); // b has the turn
        assertEquals(
                List.of(
                        "begin before_a",
                        "begin before_c",
                        "end before_a",
                        "begin a",
                        "end a",
                        "begin b",
                        "end before_c"),
                story.news());
        end("b");
        assertEquals(List.of("end b", "begin c"), story.news());
        end("c");
        assertThat(other).completed();
        story.news();

        String alone =
                engine.workflows()
                        .executeWorkflow(
                                "wcp17_alone", Map.of(), StartOptions.none().maxConcurrency(1))
                        .id();
        engine.advance(Duration.ZERO);
        List<String> order = new ArrayList<>();
        for (String began : List.of("a", "c", "b")) {
            end(began); // fails if it is not in its body
            order.addAll(List.of("begin " + began, "end " + began));
        }
        assertEquals(order, story.news());
        assertThat(alone).completed();
    }

    @Test
    public void wcp18Milestone() {
        String run = start(18);
        assertEquals(List.of("begin open"), story.news());
        assertTrue(signal(run, "change", null)); // too early: it has to wait
        assertEquals(List.of(), story.news());
        end("open");
        assertEquals(List.of("end open", "begin close", "change"), story.news());
        end("close");
        assertThat(run).completed().attempts("change", 1);
        story.news();

        String late = start(18);
        end("open");
        end("close");
        assertThat(late).step("change", StepStatus.SKIPPED).is(RunStatus.WAITING);
        assertTrue(signal(late, "change", null));
        assertThat(late).completed().attempts("change", 0);
        assertEquals(List.of("begin open", "end open", "begin close", "end close"), story.news());

        String never = start(18);
        end("open");
        engine.advance(Duration.ofMinutes(1));
        assertThat(never)
                .step("request", StepStatus.FAILED)
                .step("change", StepStatus.SKIPPED)
                .step("close", StepStatus.RUNNING);
        end("close");
        assertThat(never).completed();
    }

    @Test
    public void wcp39CriticalSection() {
        for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
            String first = order.get(0);
            String second = order.get(1);
            String run = start(39);
            assertEquals(List.of("begin a", "begin b"), story.news());
            end(first);
            end(second);
            assertEquals(
                    List.of("end " + first, "begin section_" + first, "end " + second),
                    story.news());
            assertThat(run).step("enter_" + second, StepStatus.WAITING);
            end("section_" + first);
            assertEquals(List.of("end section_" + first, "begin section_" + second), story.news());
            end("section_" + second);
            assertEquals(List.of("end section_" + second), story.news());
            assertThat(run).completed();
        }
    }

    @Test
    public void wcp40InterleavedRouting() {
        for (List<String> order : List.of(List.of("a", "b", "c"), List.of("c", "a", "b"))) {
            String run = start(40, Map.of("order", order));
            List<String> oneByOne = new ArrayList<>();
            for (String step : order) {
                end(step); // fails if it is not in its body
                oneByOne.addAll(List.of("begin " + step, "end " + step));
            }
            assertEquals(oneByOne, story.news());
            assertThat(run).completed();
        }
    }
}
