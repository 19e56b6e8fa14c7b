package orchestrator.testkit.example;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.testkit.RunAssert;
import orchestrator.testkit.TaskDouble;
import orchestrator.testkit.VirtualEngine;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class TrialTest {
    @Rule public final VirtualEngine engine = new VirtualEngine();

    private final TaskDouble mail = TaskDouble.flaky(1, "sent"); // the first try of each mail fails

    @Before
    public void plugin() {
        engine.task("mail.send", mail)
                .workflow(
                        "trial",
                        w -> {
                            w.requireInput("to");
                            w.step("month").wait(Duration.ofDays(30));
                            w.step("offer")
                                    .task("mail.send")
                                    .after("month")
                                    .input("to", "${input.to}")
                                    .retry(3, Duration.ofMinutes(10));
                            w.step("reply").waitFor("replied", Duration.ofDays(14)).after("offer");
                        });
    }

    @Test
    public void theMailGoesOutAfterAMonthAndIsTriedAgain() {
        RunHandle run = engine.start("trial", Map.of("to", "ada@example.com"));
        engine.advance(Duration.ofDays(29));
        assertEquals(List.of(), mail.calls());
        engine.advance(Duration.ofDays(2));
        engine.assertThat(run.id())
                .is(RunStatus.WAITING)
                .attempts("offer", 2)
                .output("offer", "sent");
        assertEquals("ada@example.com", mail.lastCall().input().get("to"));
        engine.workflows().signal(run.id(), "replied", Map.of("stays", true));
        engine.assertThat(run.id()).completed();
    }

    @Test
    public void nobodyRepliesForTwoWeeks() {
        RunAssert.assertThat(engine.run("trial", Map.of("to", "ada@example.com")))
                .failed("timeout");
    }
}
