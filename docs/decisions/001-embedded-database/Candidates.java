import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.UUID;

/**
 * Durable batched inserts into a candidate for the embedded database. Run as a single source file:
 *
 * <pre>java -cp 'lib/*' Candidates.java MODE DATABASE DIRECTORY ROWS SECONDS</pre>
 *
 * MODE: {@code bench} (two seconds of warming up, then rows a second), {@code crash} (prints the number of each
 * acknowledged commit until it is killed), {@code count} (rows and newest commit of a store). DATABASE: {@code h2}
 * (WRITE_DELAY=0), {@code h2sync} (and CHECKPOINT SYNC at each commit), {@code sqlite}, {@code hsqldb}.
 */
public final class Candidates {
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[2])).toAbsolutePath();
        try (Connection connection = open(args[1], directory)) {
            if (args[0].equals("count")) {
                count(connection);
            } else {
                int rows = Integer.parseInt(args[3]);
                long seconds = Long.parseLong(args[4]);
                if (args[0].equals("bench")) {
                    insert(connection, args[1], rows, 2, false);
                    long commits = insert(connection, args[1], rows, seconds, false);
                    System.out.printf(
                            "%s, %d rows a commit: %d rows/s, %d commits/s%n",
                            args[1], rows, commits * rows / seconds, commits / seconds);
                } else {
                    insert(connection, args[1], rows, seconds, true);
                }
            }
        }
    }

    private static Connection open(String database, Path directory) throws SQLException {
        Connection connection =
                switch (database) {
                    case "h2", "h2sync" ->
                            DriverManager.getConnection(
                                    "jdbc:h2:file:" + directory + "/store;WRITE_DELAY=0");
                    case "sqlite" ->
                            DriverManager.getConnection("jdbc:sqlite:" + directory + "/store.db");
                    default ->
                            DriverManager.getConnection(
                                    "jdbc:hsqldb:file:"
                                            + directory
                                            + "/store;hsqldb.write_delay=false;hsqldb.default_table_type=cached",
                                    "SA",
                                    "");
                };
        boolean sqlite = database.equals("sqlite");
        try (Statement statement = connection.createStatement()) {
            if (sqlite) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
                statement.execute("PRAGMA wal_autocheckpoint = " + Integer.getInteger("wal", 4000));
            }
            connection.setAutoCommit(false);
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS entry (run varchar(64) NOT NULL, seq bigint NOT NULL,"
                            + " type varchar(64), version int, at_micros bigint, append_id varchar(64), body "
                            + (sqlite ? "blob" : "varbinary(16000000)")
                            + ", PRIMARY KEY (run, seq))"
                            + (sqlite ? " WITHOUT ROWID" : ""));
        }
        connection.commit();
        return connection;
    }

    private static void count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*), max(seq) FROM entry")) {
            row.next();
            System.out.println(row.getLong(1) + " rows, newest commit " + row.getLong(2));
        }
    }

    private static long insert(
            Connection connection, String database, int rows, long seconds, boolean tell)
            throws SQLException {
        byte[] body = new byte[200];
        new Random(1).nextBytes(body);
        long sequence = newest(connection);
        long commits = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)");
                Statement statement = connection.createStatement()) {
            while (System.nanoTime() < end) {
                sequence++;
                for (int run = 0; run < rows; run++) {
                    insert.setString(1, UUID.nameUUIDFromBytes(new byte[] {(byte) run, (byte) (run >> 8)}).toString());
                    insert.setLong(2, sequence);
                    insert.setString(3, "AttemptSucceeded");
                    insert.setInt(4, 1);
                    insert.setLong(5, sequence);
                    insert.setString(6, "append-" + sequence);
                    insert.setBytes(7, body);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                if (database.equals("h2sync")) {
                    statement.execute("CHECKPOINT SYNC");
                }
                commits++;
                if (tell) {
                    System.out.println(sequence);
                    System.out.flush();
                }
            }
        }
        return commits;
    }

    private static long newest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(seq) FROM entry")) {
            row.next();
            return row.getLong(1);
        }
    }
}
