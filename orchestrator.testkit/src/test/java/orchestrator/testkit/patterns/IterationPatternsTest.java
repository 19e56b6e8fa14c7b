package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class IterationPatternsTest extends PatternRuns {
    @Test
    public void wcp10ArbitraryCycles() {
        Deque<String> ways = new ArrayDeque<>();
        engine.task(
                "where_to",
                context -> {
                    story.work(context);
                    return ways.remove();
                });
        ways.addAll(List.of("b", "c", "b", "a", "b", "c", "end"));
        assertThat(start(10, Map.of("at", "a"))).completed();
        assertEquals(List.of("a", "b", "c", "b", "a", "b", "c"), story.news());
        ways.addAll(List.of("a", "c", "end"));
        assertThat(start(10, Map.of("at", "b"))).completed(); // another way in
        assertEquals(List.of("b", "a", "c"), story.news());
    }

    @Test
    public void wcp21StructuredLoop() {
        engine.task("add_one", context -> context.input("to", Long.class) + 1);
        assertThat(start(21, Map.of("from", 3, "until", 6)))
                .completed()
                .attempts("a", 3)
                .output("a", 6L);
        assertThat(start(21, Map.of("from", 6, "until", 6)))
                .completed()
                .step("a", StepStatus.SKIPPED);
        assertEquals(List.of("b", "b"), story.news());
    }

    @Test
    public void wcp22Recursion() {
        String run = start(22, Map.of("depth", 3));
        assertEquals(List.of("3", "2", "1", "1", "2", "3"), story.news());
        assertThat(run).completed();
        assertThat(children(children(run).get(0).id()).get(0).id())
                .completed()
                .step("deeper", StepStatus.SKIPPED);
    }
}
