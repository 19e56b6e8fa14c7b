package orchestrator.engine.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import orchestrator.engine.core.EngineLimits;
import org.junit.Test;

public class SettingsTest {

    @Test
    public void withoutAConfigurationTheDefaultsHold() {
        Settings settings = Settings.of(config(Map.of()));
        assertEquals(EngineLimits.defaults(), settings.limits());
        assertEquals("", settings.stateName());
        assertEquals(Duration.ofSeconds(10), settings.lease());
        assertEquals(2, settings.writers());
    }

    @Test
    public void onlyLimitsChangeLive() {
        Settings before = Settings.of(config(Map.of()));
        assertTrue(before.isLive(Settings.of(config(Map.of("max_concurrent_tasks", 7)))));
        assertFalse(before.isLive(Settings.of(config(Map.of("state_name", "memory")))));
        assertFalse(before.isLive(Settings.of(config(Map.of("writers", 3)))));
    }

    @Test
    public void aWrongValueIsSaidWithItsKey() {
        assertMessage(
                "Expected max.concurrent.tasks of at least 1, but found 0",
                "max_concurrent_tasks",
                0);
        assertMessage("Expected task.timeout of at least 1", "task_timeout", -1L);
        assertMessage("Expected node.lease of at least 1, but found 0", "node_lease", 0L);
        assertMessage("Expected writers from 1 to 16, but found 17", "writers", 17);
        assertMessage("Expected drain.time, ", "drain_time", -1L);
        assertMessage(
                "Expected task.limits such as shop.charge=5, but found 'x'",
                "task_limits",
                new String[] {"x"});
        assertMessage(
                "Expected task.limits of x of at least 1, but found 0",
                "task_limits",
                new String[] {"x=0"});
    }

    @Test
    public void longTimesAreBounded() {
        for (String member : new String[] {"task_timeout", "retry_delay", "node_lease"}) {
            Settings settings = Settings.of(config(Map.of(member, Long.MAX_VALUE)));
            assertTrue(settings.limits().taskTimeout().toDays() <= 36_500);
            assertTrue(settings.limits().retry().delay().toDays() <= 36_500);
            assertTrue(settings.lease().toDays() <= 36_500);
        }
    }

    @Test
    public void tasksHaveLimitsByName() {
        EngineLimits limits =
                Settings.of(config(Map.of("task_limits", new String[] {"a.b = 5", " c=1 ", ""})))
                        .limits();
        assertEquals(5, limits.tasksOf("a.b"));
        assertEquals(1, limits.tasksOf("c"));
        assertEquals(100, limits.tasksOf("d"));
    }

    @Test
    public void whatIsNoNumberIsSaidWithItsKey() {
        RuntimeException conversion =
                new IllegalStateException(
                        new IllegalStateException(
                                new NumberFormatException("For input string: \"abc\"")));
        assertMessage(
                "Expected retry.attempts to be a whole number, but found another value (For input string: \"abc\")",
                "retry_attempts",
                conversion);
    }

    private static void assertMessage(String beginning, String member, Object value) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Settings.of(config(Map.of(member, value))))
                        .getMessage();
        assertTrue(message, message.startsWith(beginning));
    }

    /** As the framework makes it: converted, or thrown, when a member is asked for. */
    private static EngineConfig config(Map<String, Object> values) {
        return (EngineConfig)
                Proxy.newProxyInstance(
                        EngineConfig.class.getClassLoader(),
                        new Class<?>[] {EngineConfig.class},
                        (proxy, method, arguments) -> {
                            Object value =
                                    values.getOrDefault(method.getName(), method.getDefaultValue());
                            if (value instanceof RuntimeException e) {
                                throw e;
                            }
                            return value;
                        });
    }
}
