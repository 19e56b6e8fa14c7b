package benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A real PostgreSQL that acknowledges nothing before it is on the disk. Each contender has a database of its own in it. */
public final class PostgresServer implements AutoCloseable {
    private static final List<String> MUST_BE_ON =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    /** Starts a server whose files lie in a folder. */
    public PostgresServer(Path folder) throws IOException, SQLException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.toAbsolutePath().resolve("postgres"))
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("max_wal_size", "4GB");
        MUST_BE_ON.forEach(setting -> builder.setServerConfig(setting, "on"));
        server = builder.start();
        process =
                ProcessHandle.of(number("SELECT pg_backend_pid()"))
                        .orElseThrow()
                        .parent()
                        .orElseThrow();
        for (String setting : MUST_BE_ON) {
            String found = text("SHOW " + setting);
            if (!found.equals("on")) {
                throw new IllegalStateException(
                        "Expected " + setting + " to be on, but found " + found);
            }
        }
    }

    /** Makes a database, and tells its url, which holds the user. */
    public String newDatabase(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    private String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    /** What was counted so far in one database and the server around it. */
    Counters counters(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(Counters.QUERY)) {
            row.next();
            return new Counters(
                    row.getLong("commits"),
                    row.getLong("transactions"),
                    row.getLong("rows"),
                    row.getLong("flushes"),
                    cpu().toNanos());
        }
    }

    /** The CPU time of the server's processes that live. */
    Duration cpu() {
        return process.descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(process.info().totalCpuDuration().orElse(Duration.ZERO), Duration::plus);
    }

    /** The server's version. */
    String version() throws SQLException {
        return text("SHOW server_version");
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    private String text(String query) throws SQLException {
        return ask(url("postgres"), query);
    }

    /** The first column of the only row of a query. */
    static String ask(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
