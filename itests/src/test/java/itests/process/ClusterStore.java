package itests.process;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL for several Karafs, which writes as safely as in production. */
final class ClusterStore implements AutoCloseable {
    private final EmbeddedPostgres server;

    /**
     * @param data its folder, new or empty
     */
    ClusterStore(Path data) throws IOException {
        server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
