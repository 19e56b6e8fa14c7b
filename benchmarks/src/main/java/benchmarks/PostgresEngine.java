package benchmarks;

import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;

/** The engine on PostgreSQL with its default lease, writers and pool. */
final class PostgresEngine {
    /** How many writers it has by default. */
    static final int WRITERS = 2;

    private static final int POOL_SIZE = 10;

    private PostgresEngine() {}

    static EngineContender open(String url, String node, int writers, Body body)
            throws InterruptedException {
        return open("PostgreSQL", url, node, writers, EngineContender.RUNS, body);
    }

    /** @param runs how many it has in memory */
    static EngineContender open(
            String name, String url, String node, int writers, int runs, Body body)
            throws InterruptedException {
        return new EngineContender(
                name,
                node,
                PostgresStore.open(new PostgresSettings(url, null, null, POOL_SIZE)),
                writers,
                runs,
                body);
    }
}
