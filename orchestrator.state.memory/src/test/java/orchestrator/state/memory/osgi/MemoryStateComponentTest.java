package orchestrator.state.memory.osgi;

import static org.junit.Assert.assertEquals;

import java.util.Map;
import orchestrator.api.run.RunStatus;
import org.junit.Test;

public class MemoryStateComponentTest {
    @Test
    public void saysHowManyRunsAreLost() {
        assertEquals(
                "The store in memory goes, and with it all that is known of 1,007 runs, 7 of which had not ended",
                MemoryStateComponent.loss(
                        Map.of(
                                RunStatus.COMPLETED, 999L,
                                RunStatus.FAILED, 1L,
                                RunStatus.WAITING, 5L,
                                RunStatus.RUNNING, 2L)));
    }

    @Test
    public void saysNothingIfNothingIsLost() {
        assertEquals("", MemoryStateComponent.loss(Map.of(RunStatus.RUNNING, 0L)));
    }
}
