package itests.felix;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A real PostgreSQL outside the framework; it ends with the process. */
final class PostgresServer {
    private PostgresServer() {}

    /** Starts one, and tells its port. */
    static int start() {
        try {
            return EmbeddedPostgres.start().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
