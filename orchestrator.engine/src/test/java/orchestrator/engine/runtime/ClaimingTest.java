package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import orchestrator.api.state.Claims;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.time.NodeClock;
import org.junit.Test;

/** When a node asks for runs again. */
public class ClaimingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();

    /** Claims nothing from a store that says when the next run is due. */
    private void claim(Instant nextWakeAt) {
        StateBackend backend =
                (StateBackend)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {StateBackend.class},
                                (proxy, method, arguments) ->
                                        new Claims(List.of(), Optional.of(nextWakeAt), NOW));
        StoreLink store = new StoreLink();
        store.attach(backend);
        store.lease(new NodeLease("a", 1, Duration.ofSeconds(10), NOW), 0);
        NodeClock clock = new NodeClock(NOW, () -> 0);
        RunContext context =
                new RunContext(
                        store,
                        null,
                        null,
                        clock,
                        null,
                        EngineLimits::defaults,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        Claiming claiming =
                new Claiming(
                        store,
                        clock,
                        new Runs(context, null, null),
                        (delay, action) -> {
                            pauses.add(delay);
                            return () -> {};
                        },
                        Runnable::run,
                        () -> 0.5,
                        List::of);
        claiming.claim();
    }

    @Test
    public void whatIsDueAndNotGivenIsAskedForAfterASecond() {
        claim(NOW.minusSeconds(60));
        assertEquals(List.of(Duration.ofSeconds(1)), pauses);
    }

    @Test
    public void whatIsDueLaterIsAskedForThen() {
        claim(NOW.plusMillis(300));
        assertEquals(List.of(Duration.ofMillis(300)), pauses);
    }
}
