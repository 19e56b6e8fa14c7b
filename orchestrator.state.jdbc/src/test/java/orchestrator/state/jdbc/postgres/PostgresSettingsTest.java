package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.sql.SQLException;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What the sessions ask of a server, whatever it is set to, and what settings tell of themselves. */
public class PostgresSettingsTest {
    private PostgresServer.Store store;

    @Before
    public void newStore() throws SQLException {
        store = PostgresServer.get().newStore();
    }

    @After
    public void close() throws SQLException {
        store.close();
    }

    @Test
    public void acknowledgingBeforeWritingIsRaisedAndEverythingStrongerStays() {
        assertEquals("on", inSession("synchronous_commit", "off"));
        for (String stronger : new String[] {"local", "remote_write", "on", "remote_apply"}) {
            assertEquals(stronger, inSession("synchronous_commit", stronger));
        }
    }

    @Test
    public void statementsSeeWhatWasCommittedBeforeThem() {
        assertEquals("read committed", inSession("default_transaction_isolation", "serializable"));
    }

    @Test
    public void aPasswordIsNotTold() {
        PostgresSettings settings =
                new PostgresSettings(
                        "jdbc:postgresql://u:hunter1@h:1/d?password=hunter2", "u", "hunter3", 2);
        assertEquals("PostgresSettings[jdbc:postgresql://h:1/d, 2]", settings.toString());
        assertFalse(settings.toString().contains("hunter"));
    }

    /** What a session has, if the server's default is another. */
    private String inSession(String setting, String value) {
        PostgresSettings plain = store.settings();
        String escaped = value.replace(" ", "\\ ");
        PostgresSettings settings =
                new PostgresSettings(
                        plain.url() + "&options=-c%20" + setting + "%3D" + escaped,
                        plain.user(),
                        plain.password(),
                        1);
        try (PostgresDatabase database = PostgresDatabase.open(settings)) {
            return database.read(
                            "show " + setting,
                            session -> session.first("SHOW " + setting, row -> row.getString(1)))
                    .orElseThrow();
        }
    }
}
