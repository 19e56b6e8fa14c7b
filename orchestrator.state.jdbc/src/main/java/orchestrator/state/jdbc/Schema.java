package orchestrator.state.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.StateException;

/**
 * The tables, and how older ones become newer ones. {@code orc_schema} holds the version; each version is a list of
 * statements that is never changed once released.
 *
 * <p>What changes often lies apart from what is written once: a step inserts into {@code orc_entry} and leaves {@code
 * orc_run} alone. Instants are microseconds since 1970, truth values 0 and 1.
 */
public final class Schema {
    private static final List<List<String>> VERSIONS =
            List.of(
                    versionOne(),
                    versionTwo(),
                    versionThree(),
                    versionFour(),
                    versionFive(),
                    versionSix(),
                    versionSeven());

    private final Map<String, String> types;
    private final List<List<String>> versions;

    /** With the database's own names for {@code TEXT}, {@code BYTES} and {@code CLUSTERED}. */
    public Schema(Map<String, String> types) {
        this(types, VERSIONS);
    }

    /** With other versions than those of today. */
    Schema(Map<String, String> types, List<List<String>> versions) {
        this.types = Map.copyOf(types);
        this.versions = List.copyOf(versions);
    }

    /** The statements of each version, from the first. */
    static List<List<String>> versions() {
        return VERSIONS;
    }

    /**
     * Brings the tables to the newest version. The caller sees to it that nobody else does so at the same time, and that
     * all of it is one transaction: an interrupted migration leaves the tables as they were, and is made anew.
     */
    public void migrate(Session session) throws SQLException {
        session.update("CREATE TABLE IF NOT EXISTS orc_schema (version bigint NOT NULL)");
        int version =
                session.first("SELECT max(version) FROM orc_schema", row -> row.getInt(1))
                        .orElse(0);
        if (version > versions.size()) {
            throw new StateException(
                    "Expected a store whose tables have version "
                            + versions.size()
                            + " or an older one, but found version "
                            + version
                            + ": a newer orchestrator.state.jdbc has migrated it; use that one",
                    null);
        }
        for (int next = version + 1; next <= versions.size(); next++) {
            for (String statement : versions.get(next - 1)) {
                session.update(inDialect(statement));
            }
            session.update("INSERT INTO orc_schema (version) VALUES (?)", (long) next);
        }
    }

    private String inDialect(String statement) {
        String result = statement;
        for (Map.Entry<String, String> type : types.entrySet()) {
            result = result.replace(type.getKey(), type.getValue());
        }
        return result;
    }

    private static List<String> versionOne() {
        return List.of(
                // The lease is prolonged often; the fence is locked by every append and changes
                // only when it falls.
                "CREATE TABLE orc_lease (node TEXT PRIMARY KEY, incarnation bigint NOT NULL,"
                        + " duration bigint NOT NULL, expires bigint, claim_no bigint NOT NULL)",
                "CREATE TABLE orc_fence (node TEXT PRIMARY KEY, incarnation bigint NOT NULL,"
                        + " alive bigint NOT NULL)",
                "CREATE TABLE orc_run (id TEXT PRIMARY KEY, kind TEXT NOT NULL, workflow TEXT NOT NULL,"
                        + " definition_hash TEXT, version TEXT, status TEXT NOT NULL, reason_code TEXT,"
                        + " reason_subject TEXT, wait_keys TEXT NOT NULL, labels TEXT NOT NULL,"
                        + " parent TEXT, origin TEXT, error TEXT, reason_since bigint,"
                        + " reason_until bigint, wake_at bigint, priority bigint NOT NULL,"
                        + " progress bigint NOT NULL, created bigint NOT NULL, started bigint,"
                        + " ended bigint, finished bigint NOT NULL, owner TEXT, incarnation bigint,"
                        + " epoch bigint NOT NULL, due bigint, inbox_tail bigint NOT NULL,"
                        + " closed_by TEXT, closed_epoch bigint, claim_no bigint NOT NULL,"
                        + " claim_seq bigint NOT NULL, claim_count bigint NOT NULL)",
                "CREATE INDEX orc_run_due ON orc_run (due) WHERE owner IS NULL AND due IS NOT NULL",
                "CREATE INDEX orc_run_wake ON orc_run (wake_at)"
                        + " WHERE owner IS NULL AND wake_at IS NOT NULL AND finished = 0",
                "CREATE INDEX orc_run_owner ON orc_run (owner, incarnation) WHERE owner IS NOT NULL",
                "CREATE INDEX orc_run_created ON orc_run (created, id)",
                "CREATE INDEX orc_run_status ON orc_run (kind, status, created, id)",
                "CREATE INDEX orc_run_workflow ON orc_run (workflow, created, id)",
                "CREATE INDEX orc_run_ended ON orc_run (ended) WHERE ended IS NOT NULL",
                "CREATE TABLE orc_entry (run TEXT NOT NULL, seq bigint NOT NULL, type TEXT NOT NULL,"
                        + " version bigint NOT NULL, at bigint NOT NULL, epoch bigint NOT NULL,"
                        + " append_id TEXT, body BYTES NOT NULL, PRIMARY KEY (run, seq)) CLUSTERED",
                // A message stays when it was consumed, without its body: its id must be known
                // again.
                "CREATE TABLE orc_inbox (run TEXT NOT NULL, message_id TEXT NOT NULL,"
                        + " number bigint NOT NULL, body BYTES, PRIMARY KEY (run, message_id)) CLUSTERED",
                "CREATE INDEX orc_inbox_unconsumed ON orc_inbox (run, number) WHERE body IS NOT NULL",
                "CREATE TABLE orc_start_key (workflow TEXT NOT NULL, start_key TEXT NOT NULL,"
                        + " run TEXT NOT NULL, input_hash TEXT, ended bigint,"
                        + " PRIMARY KEY (workflow, start_key)) CLUSTERED",
                "CREATE INDEX orc_start_key_run ON orc_start_key (run)",
                "CREATE INDEX orc_start_key_ended ON orc_start_key (ended) WHERE ended IS NOT NULL",
                "CREATE TABLE orc_wait (wait_key TEXT NOT NULL, run TEXT NOT NULL,"
                        + " PRIMARY KEY (wait_key, run)) CLUSTERED",
                "CREATE INDEX orc_wait_run ON orc_wait (run)",
                "CREATE TABLE orc_label (label TEXT NOT NULL, run TEXT NOT NULL,"
                        + " PRIMARY KEY (label, run)) CLUSTERED",
                "CREATE INDEX orc_label_run ON orc_label (run)",
                "CREATE TABLE orc_log (run TEXT NOT NULL, number bigint NOT NULL, at bigint NOT NULL,"
                        + " level TEXT NOT NULL, step TEXT, attempt bigint NOT NULL, line TEXT NOT NULL,"
                        + " PRIMARY KEY (run, number)) CLUSTERED",
                "CREATE TABLE orc_log_count (run TEXT PRIMARY KEY, total bigint NOT NULL)",
                "CREATE TABLE orc_snapshot (run TEXT PRIMARY KEY, seq bigint NOT NULL,"
                        + " version bigint NOT NULL, state BYTES NOT NULL)",
                "CREATE TABLE orc_definition (hash TEXT PRIMARY KEY, document BYTES NOT NULL)");
    }

    // Runs are claimed in the order of their priorities, no more than were asked for; and they are
    // looked for by what they wait for, among very many that wait for nothing.
    private static List<String> versionTwo() {
        return List.of(
                "DROP INDEX orc_run_due",
                "CREATE INDEX orc_run_due ON orc_run (priority DESC, due, id)"
                        + " WHERE owner IS NULL AND due IS NOT NULL",
                "DROP INDEX orc_run_owner",
                "CREATE INDEX orc_run_owner ON orc_run (owner, incarnation, priority DESC, id)"
                        + " WHERE owner IS NOT NULL",
                "DROP INDEX orc_run_created",
                "CREATE INDEX orc_run_created ON orc_run (kind, created, id)",
                "CREATE INDEX orc_run_reason ON orc_run (reason_code, created, id)"
                        + " WHERE reason_code IS NOT NULL",
                "CREATE INDEX orc_run_subject ON orc_run (reason_subject, created, id)"
                        + " WHERE reason_subject IS NOT NULL");
    }

    // What one append writes is one row, see Stretch; rows from before hold one entry each.
    private static List<String> versionThree() {
        return List.of("ALTER TABLE orc_entry ADD COLUMN entries bigint NOT NULL DEFAULT 1");
    }

    // The runs that a run started; those that no run started cost nothing.
    private static List<String> versionFour() {
        return List.of(
                "CREATE INDEX orc_run_parent ON orc_run (parent, created, id)"
                        + " WHERE parent IS NOT NULL");
    }

    // All runs in the order of time are found status by status: one index less at each start and
    // each end.
    private static List<String> versionFive() {
        return List.of(
                "DROP INDEX orc_run_created",
                "DROP INDEX orc_run_workflow",
                "CREATE INDEX orc_run_workflow ON orc_run (workflow, kind, created, id)");
    }

    // Runs that ended before a time are found among those that were created before it: one index
    // less at each end.
    private static List<String> versionSix() {
        return List.of("DROP INDEX orc_run_ended");
    }

    private static List<String> versionSeven() {
        return List.of("CREATE TABLE orc_word (word TEXT PRIMARY KEY)");
    }
}
