package orchestrator.engine.osgi;

import java.time.Duration;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.runtime.EngineSetup;

/** Turns the configuration into values, validated. */
final class Settings {
    private Settings() {}

    static EngineLimits limits(EngineConfig config) {
        return new EngineLimits(
                config.max_concurrent_workflows(),
                config.max_concurrent_tasks(),
                Duration.ofSeconds(config.task_timeout()),
                new Retry(
                        config.retry_attempts(),
                        Duration.ofSeconds(config.retry_delay()),
                        1,
                        Duration.ofDays(1),
                        0),
                Duration.ofSeconds(config.drain_time()),
                config.log_lines());
    }

    static EngineSetup setup(EngineConfig config, String node) {
        return new EngineSetup(
                node,
                Duration.ofSeconds(Math.max(1, config.node_lease())),
                Math.max(1, Math.min(16, config.writers())),
                limits(config));
    }

    /** Whether a change needs nothing but new limits. */
    static boolean isLive(EngineConfig before, EngineConfig now) {
        return before.state_name().equals(now.state_name())
                && before.node_id().equals(now.node_id())
                && before.node_lease() == now.node_lease()
                && before.writers() == now.writers();
    }
}
