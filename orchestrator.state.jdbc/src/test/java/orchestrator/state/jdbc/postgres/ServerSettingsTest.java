package orchestrator.state.jdbc.postgres;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import orchestrator.state.jdbc.Session;
import org.junit.Test;

/** A server that may lose what it acknowledged is spoken about. */
public class ServerSettingsTest {
    @Test
    public void whatMayLoseAcknowledgedWorkIsNamed() {
        List<String> warnings =
                ServerSettings.warnings(
                        Map.of(
                                "fsync", "off",
                                "full_page_writes", "off",
                                "synchronous_commit", "off"));
        assertEquals(3, warnings.size());
        assertTrue(warnings.get(0), warnings.get(0).contains("fsync=off"));
        assertTrue(warnings.get(1), warnings.get(1).contains("full_page_writes=off"));
        assertTrue(warnings.get(2), warnings.get(2).contains("synchronous_commit=off"));
    }

    @Test
    public void safeSettingsAreNotSpokenAbout() {
        assertEquals(
                List.of(),
                ServerSettings.warnings(
                        Map.of(
                                "fsync", "on",
                                "full_page_writes", "on",
                                "synchronous_commit", "remote_write")));
    }

    /** The server of these tests is started without fsync, and the question is one that a server answers. */
    @Test
    public void theSettingsAreReadFromTheServer() throws Exception {
        try (PostgresServer.Store store = PostgresServer.get().newStore()) {
            store.open();
            try (Connection connection = PostgresServer.get().connect(store.schema())) {
                String all = String.join(" ", ServerSettings.warnings(new Session(connection)));
                assertTrue(all, all.contains("fsync=off"));
            }
        }
    }
}
