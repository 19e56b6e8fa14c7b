package benchmarks;

import java.io.File;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process with many runs in flight, and takes the time until all of them are done: on the engine by a second
 * node that was there before, on a peer by the same process, started anew.
 */
final class Recovery {
    private static final long LOOK_MILLIS = 10;
    private static final long STILL_MILLIS = 1_000;
    private static final long PATIENCE_NANOS = 300_000_000_000L;

    private final PostgresServer server;
    private final PrintStream out;

    Recovery(PostgresServer server, PrintStream out) {
        this.server = server;
        this.out = out;
    }

    static void printHead(PrintStream out, int runs) {
        out.printf(
                "%n| %,d killed runs | done after the kill | after the lease's end, or the new start |%n| --- | ---: | ---: |%n",
                runs);
    }

    /** Does it with one contender and prints a line. */
    void measure(String name, int runs) throws Exception {
        String url = server.newDatabase(name + "_killed");
        try (Contender survivor =
                        name.equals(Rivals.ENGINE)
                                ? Rivals.open(
                                        name, url, "survivor", EngineContender.RUNS, Body.trivial())
                                : null;
                Connection connection = DriverManager.getConnection(url)) {
            File log = File.createTempFile("victim", ".log");
            Process victim = Victim.start(name, url, runs, log);
            try {
                awaitStill(connection, name, runs, victim);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(
                        e.getMessage() + ": " + Files.readString(log.toPath()), e);
            } finally {
                victim.destroyForcibly().waitFor();
                Files.delete(log.toPath());
            }
            long killed = System.currentTimeMillis();
            long from = survivor == null ? killed : leaseEnd(connection);
            try (Contender anew =
                    survivor == null
                            ? Rivals.open(name, url, "again", EngineContender.RUNS, Body.trivial())
                            : null) {
                long done = awaitDone(connection, name, runs);
                out.printf(
                        "| %s | %.2f s | %.2f s |%n",
                        (survivor == null ? anew : survivor).name(),
                        (done - killed) / 1e3,
                        (done - from) / 1e3);
            }
        }
    }

    /** Waits until all runs are there and none goes on any more. */
    private static void awaitStill(Connection connection, String name, int runs, Process victim)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long last = -1;
        int still = 0;
        while (still * pause(runs) < STILL_MILLIS) {
            if (System.nanoTime() - deadline > 0 || !victim.isAlive()) {
                throw new IllegalStateException(
                        "Expected %,d runs in flight on %s within five minutes, but found %,d on a process that %s"
                                .formatted(
                                        runs,
                                        name,
                                        ask(connection, Rivals.unfinished(name)),
                                        victim.isAlive() ? "goes on" : "has ended"));
            }
            TimeUnit.MILLISECONDS.sleep(pause(runs));
            long unfinished = ask(connection, Rivals.unfinished(name));
            long now = unfinished < runs ? -1 : ask(connection, Rivals.progress(name));
            still = now >= 0 && now == last ? still + 1 : 0;
            last = now;
        }
    }

    /** To look costs as much as there are runs. */
    private static long pause(int runs) {
        return Math.max(LOOK_MILLIS, runs / 400);
    }

    private static long leaseEnd(Connection connection) throws SQLException {
        return ask(connection, "SELECT expires / 1000 FROM orc_lease WHERE node = 'victim'");
    }

    private static long awaitDone(Connection connection, String name, int runs)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (ask(connection, Rivals.unfinished(name)) > 0) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "Expected all runs on " + name + " to be done within five minutes");
            }
            TimeUnit.MILLISECONDS.sleep(pause(runs));
        }
        return System.currentTimeMillis();
    }

    /** A number, or -1 while the tables are not there yet. */
    private static long ask(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            if (e.getSQLState().equals("42P01") || e.getSQLState().equals("3F000")) {
                return -1;
            }
            throw e;
        }
    }
}
