package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class TriggerPatternsTest extends PatternRuns {
    @Test
    public void wcp23TransientTrigger() {
        String run = start(23);
        assertEquals(0, pull(run)); // nobody is there: it is lost
        end("a");
        assertEquals(List.of("begin a", "end a"), story.news());
        assertThat(run).step("trigger", StepStatus.RUNNING);
        assertEquals(1, pull(run));
        assertEquals(List.of("b"), story.news());
        assertThat(run).completed();
    }

    /** What the page shows of the sender; how many it reached. */
    private int pull(String id) {
        int reached = 0;
        RunFilter waiting = RunFilter.all().workflow("wcp23_trigger").childrenOf(id);
        for (RunInfo run : engine.states().find(waiting).items()) {
            reached += signal(run.id(), "pulled", null) ? 1 : 0;
        }
        return reached;
    }

    @Test
    public void wcp24PersistentTrigger() {
        String run = start(24);
        assertTrue(signal(run, "pulled", null));
        assertEquals(List.of("begin a"), story.news());
        end("a");
        assertEquals(List.of("end a", "b"), story.news());
        assertThat(run).completed();

        String later = start(24);
        end("a");
        assertThat(later).waitsFor("signal", "pulled");
        assertTrue(signal(later, "pulled", null));
        assertThat(later).completed();
    }
}
