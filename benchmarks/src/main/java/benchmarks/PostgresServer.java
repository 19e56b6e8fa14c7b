package benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A real PostgreSQL that acknowledges nothing before it is on the disk. Each contender has a database of its own in it. */
public final class PostgresServer implements AutoCloseable {
    private static final List<String> MUST_BE_ON =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final long TICKS_IN_A_SECOND = 100;

    /** Where the four times of a process stand, after its name. */
    private static final int FIRST_TIME = 11;

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    /** Starts a server whose files lie in a folder. */
    public PostgresServer(Path folder, Map<String, String> settings)
            throws IOException, SQLException {
        Path data = folder.toAbsolutePath().resolve("postgres");
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("shared_buffers", "256MB")
                        .setServerConfig("min_wal_size", "2GB")
                        .setServerConfig("max_wal_size", "4GB");
        settings.forEach(builder::setServerConfig);
        MUST_BE_ON.forEach(setting -> builder.setServerConfig(setting, "on"));
        server = builder.start();
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
        process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        for (String setting : MUST_BE_ON) {
            String found = text("SHOW " + setting);
            if (!found.equals("on")) {
                throw new IllegalStateException(
                        "Expected " + setting + " to be on, but found " + found);
            }
        }
    }

    /**
     * Makes the log's files as many as they are on a server that has been in use: they are used again after a checkpoint
     * then, while a new one is filled with zeros and synced first, at which all writes wait for 50 ms and more.
     */
    void use() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE used (text text, n bigint)");
            statement.execute("ALTER TABLE used ALTER text SET STORAGE PLAIN");
            for (int part = 0; part < 50; part++) {
                statement.execute(
                        "INSERT INTO used SELECT repeat(md5(n::text), 220), n FROM generate_series(1, 5000) n");
            }
            statement.execute("DROP TABLE used");
            statement.execute("CHECKPOINT");
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

    int port() {
        return server.getPort();
    }

    /** The url of a database. */
    String url(String database) {
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

    /** The CPU time of the server's processes. */
    Duration cpu() {
        long ticks = ticks(process);
        for (ProcessHandle child : process.descendants().toList()) {
            ticks += ticks(child);
        }
        return Duration.ofMillis(ticks * 1000 / TICKS_IN_A_SECOND);
    }

    /** Of a process and of those of its children that have ended, as Linux tells it; 0 elsewhere. */
    private static long ticks(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return LongStream.range(FIRST_TIME, FIRST_TIME + 4)
                    .map(field -> Long.parseLong(fields[(int) field]))
                    .sum();
        } catch (IOException e) {
            return 0; // it has just ended
        }
    }

    /** The server's version. */
    String version() throws SQLException {
        return text("SHOW server_version");
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
