package orchestrator.state.jdbc.sqlite;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.sqlite.SQLiteErrorCode;

/** The statements that are kept, when the disk is full for a while. */
public class WriterSessionTest {
    private static final String INSERT = "INSERT INTO t (body) VALUES (?)";

    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private Connection connection;
    private WriterSession session;

    @Before
    public void open() throws SQLException {
        Path file = folder.getRoot().toPath().resolve("full.db");
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("CREATE TABLE t (body BLOB)");
        connection.setAutoCommit(false);
        session = new WriterSession(connection);
    }

    @After
    public void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    public void aFullDiskIsToldAsSuchAndForgottenWhenThereIsRoom() throws SQLException {
        byte[] body = new byte[100_000];
        session.update(INSERT, body);
        connection.commit();
        execute("PRAGMA max_page_count = 1"); // which is: no more than there are
        for (int i = 0; i < 3; i++) {
            SQLException full =
                    assertThrows(SQLException.class, () -> session.update(INSERT, body));
            assertEquals(SQLiteErrorCode.SQLITE_FULL.code, full.getErrorCode());
            assertTrue(new SqliteFailures().isUnavailable(full));
            connection.rollback();
        }
        execute("PRAGMA max_page_count = 1000000");
        assertEquals(1, session.update(INSERT, body));
        connection.commit();
    }
}
