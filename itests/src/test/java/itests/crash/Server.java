package itests.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that writes as safely as in production, and can be stopped, crashed and started again. */
final class Server implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres process;

    static {
        System.setProperty("org.slf4j.simpleLogger.log.io.zonky", "off");
    }

    Server(Path data) throws IOException {
        this.data = data;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        process =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
    }

    /** An orderly stop, which ends all connections. */
    void stop() throws IOException {
        process.close();
    }

    /** SIGQUIT to the server: all its processes end at once, and the next start has to recover. */
    void crash() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        ProcessHandle handle = ProcessHandle.of(pid).orElseThrow();
        Signals.send("QUIT", pid);
        handle.onExit().join();
        process.close(); // finds nothing to stop, and says so at length
    }

    /** Starts it again if it has ended by itself. */
    void revive() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        boolean lives =
                Files.exists(pidFile)
                        && ProcessHandle.of(
                                        Long.parseLong(Files.readAllLines(pidFile).get(0).trim()))
                                .filter(ProcessHandle::isAlive)
                                .isPresent();
        if (!lives) {
            process.close();
            Files.deleteIfExists(pidFile);
            start();
        }
    }

    /** Where a node finds it through a proxy. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?tcpKeepAlive=true";
    }

    String url() {
        return url(port);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", null);
    }

    /** The first value of the first row. */
    long ask(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Ends every connection of the engines; tells how many. */
    long terminateConnections() throws SQLException {
        return ask(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE application_name = 'orchestrator'");
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
