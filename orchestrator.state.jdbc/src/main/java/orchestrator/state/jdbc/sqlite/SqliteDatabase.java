package orchestrator.state.jdbc.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Failures;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Schema;
import orchestrator.state.jdbc.Session;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one SQLite file, used by one process alone. One connection writes, one transaction at a time,
 * and its log is synced before a commit returns; a few others read.
 */
public final class SqliteDatabase implements Database {
    static final Map<String, String> TYPES =
            Map.of("TEXT", "text", "BYTES", "blob", "CLUSTERED", "WITHOUT ROWID");

    private final Clock clock;
    private final Failures failures = new SqliteFailures();
    private final AtomicLong newest = new AtomicLong(Long.MIN_VALUE);
    private final ReentrantLock writing = new ReentrantLock();
    private final StoreLock lock;
    private final Connection writer;
    private final WriterSession session;
    private final HikariDataSource readers;
    private boolean closed;

    private SqliteDatabase(StoreLock lock, Path directory, int readerCount, Clock clock)
            throws SQLException {
        this.lock = lock;
        this.clock = clock;
        String url = "jdbc:sqlite:" + directory.resolve("store.db");
        this.writer = SqliteSettings.writer(url).getConnection();
        this.session = new WriterSession(writer);
        try {
            try (Statement statement = writer.createStatement()) {
                for (String setting : SqliteSettings.WRITER_SETTINGS) {
                    statement.execute(setting);
                }
            }
            writer.setAutoCommit(false);
            new Schema(TYPES).migrate(session);
            writer.commit();
            this.readers = pool(SqliteSettings.reader(url), readerCount);
        } catch (SQLException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /** Opens the store in a directory, which is made if it is not there. */
    public static SqliteDatabase open(Path directory, int readerCount, Clock clock) {
        StoreLock lock = StoreLock.take(directory);
        try {
            return new SqliteDatabase(lock, directory.toAbsolutePath(), readerCount, clock);
        } catch (SQLException e) {
            lock.close();
            throw new SqliteFailures().toStateException("open the store " + directory, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        try (Connection connection = readers.getConnection()) {
            return work.in(new Session(connection));
        } catch (SQLException e) {
            if (readers.isClosed()) {
                throw new StateUnavailableException(
                        "Expected to " + what + ", but found the store closed", e);
            }
            throw failures.toStateException(what, e);
        }
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        writing.lock();
        try {
            requireOpen(what);
            T result = work.in(session);
            writer.commit();
            return result;
        } catch (SQLException e) {
            rollback(e);
            throw failures.toStateException(what, e);
        } catch (RuntimeException | Error e) { // half of it must not go along with the next
            rollback(e);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long now(Session session) {
        long now = Micros.of(clock.instant());
        return newest.accumulateAndGet(now, Math::max);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                readers.close();
                writer.close();
                lock.close();
            }
        } catch (SQLException e) {
            throw failures.toStateException("close the store", e);
        } finally {
            writing.unlock();
        }
    }

    private void requireOpen(String what) {
        if (closed) {
            throw new StateUnavailableException(
                    "Expected to " + what + ", but found the store closed", null);
        }
    }

    /**
     * Takes back what a write has begun. SQLite itself has done so when the disk is full: then there is nothing to take
     * back, and the driver does not begin the next transaction, so that each statement would stand alone.
     */
    private void rollback(Throwable cause) {
        if (closed) {
            return;
        }
        try {
            writer.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            beginAgain(cause);
        }
    }

    private void beginAgain(Throwable cause) {
        try {
            writer.setAutoCommit(true);
        } catch (SQLException e) { // as it must: there is nothing to commit
            cause.addSuppressed(e);
        }
        try {
            writer.setAutoCommit(false);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static HikariDataSource pool(SQLiteDataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("orchestrator-store-readers");
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionInitSql(SqliteSettings.READER_SETTING);
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StateException("Expected to open readers of the store, but found " + e, e);
        }
    }
}
