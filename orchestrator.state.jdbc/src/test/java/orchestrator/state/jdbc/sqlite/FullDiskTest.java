package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Clock;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.Session;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The embedded database on a disk that is full for a while: SQLite's own limit stands for the disk's. */
public class FullDiskTest {
    private static final String INSERT =
            "INSERT INTO orc_definition (hash, document) VALUES (?, ?)";
    private static final byte[] LARGE = new byte[1_000_000];

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private SqliteDatabase database;

    @Before
    public void open() {
        database = SqliteDatabase.open(folder.getRoot().toPath(), 1, Clock.systemUTC());
        insert("before");
    }

    @After
    public void close() {
        database.close();
    }

    private void limitPages(long pages) {
        database.write(
                "set the limit",
                session ->
                        session.first("PRAGMA max_page_count = " + pages, row -> row.getLong(1)));
    }

    private void insert(String hash) {
        database.write("insert", session -> session.update(INSERT, hash, LARGE));
    }

    private long rows() {
        return database.read(
                "count",
                session ->
                        session.first("SELECT count(*) FROM orc_definition", row -> row.getLong(1))
                                .orElseThrow());
    }

    @Test
    public void aFullDiskIsAStoreThatDoesNotAnswerForNow() {
        limitPages(1); // which is: no more than there are
        for (int i = 0; i < 3; i++) {
            assertThrows(StateUnavailableException.class, () -> insert("full"));
        }
        assertEquals(1, rows());
        limitPages(1_000_000);
        insert("after");
        assertEquals(2, rows());
    }

    @Test
    public void afterAFullDiskWritesAreWholeAsBefore() {
        limitPages(1);
        assertThrows(StateUnavailableException.class, () -> insert("full"));
        limitPages(1_000_000);
        assertThrows(
                IllegalStateException.class,
                () ->
                        database.write(
                                "insert half",
                                (Session session) -> {
                                    session.update(INSERT, "half", LARGE);
                                    throw new IllegalStateException("the other half");
                                }));
        assertEquals(1, rows());
    }
}
