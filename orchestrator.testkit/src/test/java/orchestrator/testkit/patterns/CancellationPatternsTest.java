package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class CancellationPatternsTest extends PatternRuns {
    private static final Map<String, ?> THREE = Map.of("list", List.of("x", "y", "z"));

    @Test
    public void wcp19CancelTask() {
        String run = start(19);
        cancel(openChild(run));
        assertEquals(List.of("begin a", "cancel a", "b"), story.news());
        assertThat(run).completed().step("a", StepStatus.FAILED);
        String error = engine.details(run).steps().get(0).error().orElseThrow();
        assertTrue(error, error.startsWith("cancelled: "));
    }

    @Test
    public void wcp20CancelCase() {
        String run = start(20);
        assertEquals(List.of("begin a", "begin part"), story.news());
        cancel(run);
        assertEquals(List.of("cancel a", "cancel part"), story.news());
        assertThat(run)
                .is(RunStatus.CANCELLED)
                .step("c", StepStatus.CANCELLED)
                .step("d", StepStatus.CANCELLED);
        assertEquals(List.of(RunStatus.CANCELLED), statuses(run));
    }

    @Test
    public void wcp25CancelRegion() {
        String run = start(25);
        end("a");
        String region = openChild(run);
        cancel(region);
        assertEquals(
                List.of("begin outside", "begin a", "begin b", "end a", "cancel b", "next"),
                story.news());
        assertThat(region).is(RunStatus.CANCELLED).step("a", StepStatus.COMPLETED);
        assertThat(run).is(RunStatus.RUNNING);
        end("outside");
        assertThat(run).completed();
    }

    @Test
    public void wcp26CancelMultipleInstanceActivity() {
        String run = start(26, THREE);
        end("y");
        assertEquals(List.of("begin x", "begin y", "begin z", "end y"), story.news());
        cancel(openChild(run));
        assertEquals(List.of("cancel x", "cancel z", "next"), story.news());
        assertThat(run).completed();
    }

    @Test
    public void wcp27CompleteMultipleInstanceActivity() {
        String run = start(27, THREE);
        assertEquals(List.of("begin x", "begin y", "begin z"), story.newsSorted());
        end("y");
        assertEquals(List.of("end y"), story.news());
        children(run).stream()
                .filter(child -> !child.status().isFinal())
                .map(RunInfo::id)
                .forEach(this::cancel);
        assertEquals(List.of("cancel x", "cancel z", "next"), story.newsSorted());
        assertThat(run).completed().step("each", StepStatus.COMPLETED);
        List<?> output = (List<?>) engine.details(run).output("each").orElseThrow();
        assertEquals(Map.of("name", "y"), output.get(1));
    }
}
