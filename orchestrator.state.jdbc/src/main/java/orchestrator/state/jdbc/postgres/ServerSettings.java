package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.state.jdbc.Session;

/** How safely a PostgreSQL server writes, as far as its settings tell. */
final class ServerSettings {
    private ServerSettings() {}

    /** What whoever runs the server should know: settings under which acknowledged work may be lost. */
    static List<String> warnings(Session session) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        session.query(
                "SELECT name, reset_val FROM pg_settings"
                        + " WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')",
                row -> settings.put(row.getString("name"), row.getString("reset_val")));
        return warnings(settings);
    }

    static List<String> warnings(Map<String, String> settings) {
        List<String> warnings = new ArrayList<>();
        if ("off".equals(settings.get("fsync"))) {
            warnings.add(
                    "The PostgreSQL server runs with fsync=off: runs that were acknowledged are lost, or the whole"
                            + " store, when its machine loses power. Expected fsync=on");
        }
        if ("off".equals(settings.get("full_page_writes"))) {
            warnings.add(
                    "The PostgreSQL server runs with full_page_writes=off: the store may be damaged when its machine"
                            + " loses power. Expected full_page_writes=on, unless its file system writes pages whole");
        }
        if ("off".equals(settings.get("synchronous_commit"))) {
            warnings.add(
                    "The PostgreSQL server runs with synchronous_commit=off, under which acknowledged work is lost"
                            + " when it crashes; the sessions of this engine use synchronous_commit=on instead");
        }
        return warnings;
    }
}
