package orchestrator.testkit.patterns;

import static org.junit.Assert.assertEquals;

import java.util.List;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepStatus;
import org.junit.Test;

public class TerminationPatternsTest extends PatternRuns {
    @Test
    public void wcp11ImplicitTermination() {
        String run = start(11);
        assertEquals(List.of("begin a", "begin b"), story.news());
        end("a");
        end("c");
        assertThat(run).is(RunStatus.RUNNING);
        end("b");
        assertThat(run).completed();
    }

    @Test
    public void wcp43ExplicitTermination() {
        String run = start(43);
        String body = openChild(run);
        end("b");
        assertEquals(List.of("begin a", "begin b", "end b", "cancel a"), story.news());
        assertThat(body).failed("finished").step("c", StepStatus.CANCELLED);
        assertThat(run).completed().step("broken", StepStatus.SKIPPED);

        String harmed = start(43);
        cancel(openChild(harmed)); // an end that is not the one that was meant
        assertThat(harmed).is(RunStatus.FAILED);
    }
}
