package benchmarks;

import java.time.Duration;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;

/** The engine on PostgreSQL with the pool size that is its default. */
final class PostgresEngine {
    private static final int POOL_SIZE = 10;

    private PostgresEngine() {}

    static EngineContender open(String url, int writers, Duration lease)
            throws InterruptedException {
        return new EngineContender(
                "PostgreSQL",
                "bench",
                PostgresStore.open(new PostgresSettings(url, null, null, POOL_SIZE)),
                writers,
                lease);
    }
}
