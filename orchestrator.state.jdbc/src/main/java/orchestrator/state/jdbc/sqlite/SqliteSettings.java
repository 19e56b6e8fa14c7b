package orchestrator.state.jdbc.sqlite;

import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How connections to SQLite are opened. */
final class SqliteSettings {
    // Pages of 4 KiB in the log before it is written back: 16 MiB.
    private static final int CHECKPOINT_PAGES = 4000;
    private static final int CACHE_KIB = 32 * 1024;
    private static final int BUSY_MILLIS = 10_000;

    /** Said once on the connection that writes. On macOS fsync alone does not empty the disk's cache. */
    static final List<String> WRITER_SETTINGS =
            List.of("PRAGMA fullfsync = 1", "PRAGMA checkpoint_fullfsync = 1");

    /** Said once on each connection that reads. */
    static final String READER_SETTING = "PRAGMA query_only = 1";

    private SqliteSettings() {}

    static SQLiteDataSource writer(String url) {
        SQLiteConfig config = common();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode FULL syncs the log at each commit; NORMAL would lose commits with the power.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(
                SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        config.setCacheSize(-CACHE_KIB);
        // Nobody asks for them, and the driver would look for them after each row it inserts.
        config.setGetGeneratedKeys(false);
        return source(url, config);
    }

    static SQLiteDataSource reader(String url) {
        return source(url, common());
    }

    private static SQLiteConfig common() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private static SQLiteDataSource source(String url, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }
}
