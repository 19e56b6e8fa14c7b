package orchestrator.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import orchestrator.api.state.Flaw;

/** The rows of one run beside its journal, as of one moment. */
final class RunRows {
    private static final int LOST = 2;

    final Set<String> waits = new TreeSet<>();
    final Set<String> labels = new TreeSet<>();
    long newestMessage;
    long unread;
    long snapshot;
    long newestEntry;

    private final String id;
    private final Set<String> expectedWaits = new TreeSet<>();
    private final Set<String> expectedLabels = new TreeSet<>();
    private boolean exists;
    private boolean finished;
    private long inboxTail;
    private String owner;
    private int owned;
    private boolean late;
    private boolean undecided;

    RunRows(String id) {
        this.id = id;
    }

    void take(ResultSet row) throws SQLException {
        exists = true;
        undecided = row.getInt("undecided") == 1;
        finished = row.getLong("n") == 1 != undecided; // as its status says
        inboxTail = row.getLong("m");
        owner = Text.read(row.getString("c"));
        owned = row.getInt("owned");
        late = row.getInt("late") == 1;
        if (!finished) {
            Text.readAll(row.getString("a")).forEach(key -> expectedWaits.add(Digest.of(key)));
        }
        Text.readMap(row.getString("b"))
                .forEach((name, value) -> expectedLabels.add(Digest.of(name, value)));
    }

    void judge(List<Flaw> flaws) {
        if (!exists) {
            return; // strays
        }
        if (owned == LOST) {
            add(
                    flaws,
                    "owner",
                    "Expected an owner that is a member, but found node '" + owner + "'");
        } else if (finished && owned != 0) {
            add(flaws, "owner", "Expected no owner, since the run has ended, but found " + owner);
        }
        if (newestMessage > inboxTail) {
            add(
                    flaws,
                    "inbox",
                    "Expected an inbox that ends with message %d, but it says %d"
                            .formatted(newestMessage, inboxTail));
        }
        if (finished && unread > 0) {
            add(
                    flaws,
                    "inbox",
                    "Expected no messages for a run that has ended, but found " + unread);
        }
        if (undecided) {
            add(
                    flaws,
                    "index",
                    "Expected the run to be listed as its status says, but found it as "
                            + (finished ? "one that goes on" : "one that has ended"));
        }
        if (late) {
            add(flaws, "index", "Expected the run to be due when it wakes, but found it later");
        }
        compare(flaws, "wait keys", expectedWaits, waits);
        compare(flaws, "labels", expectedLabels, labels);
        if (snapshot > newestEntry) {
            add(
                    flaws,
                    "snapshot",
                    "Expected a snapshot of at most %d entries, but found one of %d"
                            .formatted(newestEntry, snapshot));
        }
    }

    private void compare(List<Flaw> flaws, String what, Set<String> expected, Set<String> found) {
        if (!expected.equals(found)) {
            long missing = expected.stream().filter(key -> !found.contains(key)).count();
            long surplus = found.stream().filter(key -> !expected.contains(key)).count();
            add(
                    flaws,
                    "index",
                    "Expected the run to be found by its %d %s, but %d of them are missing and %d are not its own"
                            .formatted(expected.size(), what, missing, surplus));
        }
    }

    private void add(List<Flaw> flaws, String part, String message) {
        flaws.add(new Flaw(id, part, message));
    }
}
