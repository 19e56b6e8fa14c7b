package benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file of the embedded database with the settings of the store and a table like that of its entries: each commit is
 * synced before it returns. For one thread.
 */
final class RowFile implements Rows {
    private final Connection connection;
    private final PreparedStatement insert;

    RowFile(Path directory) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "4000");
        config.setCacheSize(-32 * 1024);
        config.setGetGeneratedKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + directory.resolve("floor.db"));
        connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE entry (run text NOT NULL, seq bigint NOT NULL, type text NOT NULL,"
                            + " version bigint NOT NULL, at bigint NOT NULL, epoch bigint NOT NULL,"
                            + " append_id text, body blob NOT NULL, PRIMARY KEY (run, seq)) WITHOUT ROWID");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, 1, ?, 1, ?, ?)");
    }

    @Override
    public void insert(String run, long sequence, byte[] body) throws SQLException {
        insert.setString(1, run);
        insert.setLong(2, sequence);
        insert.setString(3, "AttemptCompleted");
        insert.setLong(4, System.nanoTime());
        insert.setString(5, "a");
        insert.setBytes(6, body);
        insert.executeUpdate();
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
