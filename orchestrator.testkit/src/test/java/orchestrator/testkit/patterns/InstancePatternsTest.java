package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class InstancePatternsTest extends PatternRuns {
    private static Map<String, ?> list(String... names) {
        return Map.of("list", List.of(names));
    }

    /** Starts one more instance of a workflow of parts, as anybody may. */
    private void add(String run, String workflow, String name) {
        engine.workflows()
                .executeWorkflow(
                        workflow, Map.of("name", name), StartOptions.none().label("part_of", run));
        engine.advance(Duration.ZERO);
    }

    @Test
    public void wcp12WithoutSynchronization() {
        String run = start(12, list("x", "y"));
        assertEquals(List.of("begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "b", "begin x", "begin y"), story.news());
        end("y");
        assertThat(run).is(RunStatus.RUNNING).step("b", StepStatus.COMPLETED);
        end("x");
        assertThat(run).completed();
    }

    @Test
    public void wcp13DesignTimeKnowledge() {
        String run = start(13);
        assertEquals(List.of("begin x", "begin y", "begin z"), story.news());
        end("z");
        end("x");
        end("y");
        assertEquals(List.of("end z", "end x", "end y", "next"), story.news());
        assertThat(run).completed();
    }

    @Test
    public void wcp14RunTimeKnowledge() {
        String two = start(14, list("x", "y"));
        end("y");
        assertThat(two).step("next", StepStatus.PENDING);
        end("x");
        assertEquals(List.of("begin x", "begin y", "end y", "end x", "next"), story.news());
        assertThat(two).completed();
        assertThat(start(14, list())).completed();
        assertEquals(List.of("next"), story.news());
    }

    @Test
    public void wcp15WithoutRunTimeKnowledge() {
        String run = start(15, list("x"));
        assertEquals(List.of("begin x"), story.news());
        engine.advance(Duration.ofMinutes(2));
        add(run, "wcp15_part", "y");
        end("x");
        engine.advance(Duration.ofMinutes(2));
        assertEquals(List.of("begin y", "end x"), story.news());
        add(run, "wcp15_part", "z");
        add("another", "wcp15_part", "of another");
        end("y");
        engine.advance(Duration.ofMinutes(2));
        assertThat(run).step("next", StepStatus.PENDING);
        end("z");
        engine.advance(Duration.ofMinutes(1));
        assertEquals(
                List.of("begin z", "begin of another", "end y", "end z", "next"), story.news());
        assertThat(run).completed();
    }

    @Test
    public void wcp34StaticPartialJoin() {
        String run = start(34, list("x", "y", "z"));
        assertEquals(List.of("begin x", "begin y", "begin z"), story.newsSorted());
        end("z");
        assertEquals(List.of("end z"), story.news());
        end("x");
        assertEquals(List.of("end x", "next"), story.news());
        end("y");
        assertEquals(List.of("end y"), story.news());
        assertThat(run).completed().step("each", StepStatus.COMPLETED).attempts("next", 1);
    }

    @Test
    public void wcp35CancellingPartialJoin() {
        String run = start(35, list("x", "y", "z"));
        assertEquals(List.of("begin x", "begin y", "begin z"), story.newsSorted());
        end("z");
        engine.advance(Duration.ofMinutes(2));
        assertEquals(List.of("end z"), story.news());
        end("y");
        engine.advance(Duration.ofMinutes(1));
        assertEquals(List.of("end y", "cancel x", "next"), story.news());
        assertThat(run).completed().step("each", StepStatus.COMPLETED);
        assertEquals(
                List.of(RunStatus.COMPLETED, RunStatus.COMPLETED, RunStatus.CANCELLED),
                statuses(run));
    }

    @Test
    public void wcp36DynamicPartialJoin() {
        String run = start(36, Map.of("list", List.of("x", "y"), "enough", 2));
        add(run, "wcp36_part", "z");
        end("x");
        engine.advance(Duration.ofMinutes(2));
        assertEquals(List.of("begin x", "begin y", "begin z", "end x"), story.newsSorted());
        end("z");
        engine.advance(Duration.ofMinutes(1));
        assertEquals(List.of("end z", "next"), story.news());
        assertThat(run).completed();
        end("y"); // goes on, and counts for nothing
        assertEquals(List.of("end y"), story.news());
    }
}
