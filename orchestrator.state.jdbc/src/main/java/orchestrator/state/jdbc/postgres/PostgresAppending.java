package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Micros;
import orchestrator.state.jdbc.Stretch;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Appends on PostgreSQL: a batch, unless it is very large, is one statement, see {@link AppendStatement}. */
final class PostgresAppending implements Topics.Appending {
    private static final long PART_BYTES = 32L * 1024 * 1024;
    private static final int FLAGS = 4;

    private static final String[] STATEMENTS = {
        AppendStatement.of(false, false),
        AppendStatement.of(false, true),
        AppendStatement.of(true, false),
        AppendStatement.of(true, true)
    };

    private final Database database;
    private final SingleAppend single;
    private final SingleEnd singleEnd;

    PostgresAppending(Database database) {
        this.database = database;
        this.single = new SingleAppend(database);
        this.singleEnd = new SingleEnd(database);
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        List<AppendOutcome> outcomes = new ArrayList<>();
        int from = 0;
        while (from < appends.size()) {
            int to = endOfPart(appends, from);
            outcomes.addAll(appendPart(node, appends.subList(from, to)));
            from = to;
        }
        return outcomes;
    }

    /** A part of about 32 MiB, since a statement is in memory as a whole, here and on the server. */
    private static int endOfPart(List<Append> appends, int from) {
        long bytes = 0;
        int to = from;
        while (to < appends.size() && bytes < PART_BYTES) {
            for (Entry entry : appends.get(to).entries()) {
                bytes += entry.body().length;
            }
            to++;
        }
        return to;
    }

    private List<AppendOutcome> appendPart(NodeLease node, List<Append> appends) {
        if (isDoneAlone(node, appends)) {
            return List.of(AppendOutcome.APPENDED);
        }
        List<AppendOutcome> outcomes = execute(node, appends);
        List<Append> fenced = fenced(appends, outcomes);
        if (fenced.isEmpty()) {
            return outcomes;
        }
        // An earlier try of the same append may have ended while this one waited: asked again with
        // a new snapshot.
        List<AppendOutcome> again = execute(node, fenced);
        List<AppendOutcome> settled = new ArrayList<>();
        int next = 0;
        for (AppendOutcome outcome : outcomes) {
            settled.add(outcome == AppendOutcome.FENCED ? again.get(next++) : outcome);
        }
        return settled;
    }

    private boolean isDoneAlone(NodeLease node, List<Append> appends) {
        if (SingleAppend.fits(appends)) {
            return single.execute(node, appends.get(0));
        }
        return SingleEnd.fits(appends) && singleEnd.execute(node, appends.get(0));
    }

    private static List<Append> fenced(List<Append> appends, List<AppendOutcome> outcomes) {
        List<Append> fenced = new ArrayList<>();
        for (int i = 0; i < appends.size(); i++) {
            if (outcomes.get(i) == AppendOutcome.FENCED) {
                fenced.add(appends.get(i));
            }
        }
        return fenced;
    }

    private List<AppendOutcome> execute(NodeLease node, List<Append> appends) {
        List<Append> sorted = new ArrayList<>(appends);
        sorted.sort(Comparator.comparing(Append::run)); // rows are locked in this order
        List<Append> added = sorted.stream().filter(append -> !changesRun(append)).toList();
        List<Append> changed = sorted.stream().filter(PostgresAppending::changesRun).toList();
        boolean consumes = appends.stream().anyMatch(append -> !append.consumed().isEmpty());
        String sql = STATEMENTS[(changed.isEmpty() ? 0 : 2) + (consumes ? 1 : 0)];
        List<Object> args = new ArrayList<>();
        addNode(args, node);
        addEntries(args, added);
        addNode(args, node);
        if (!changed.isEmpty()) {
            addEntries(args, changed);
            addChanges(args, changed);
            addNode(args, node);
            addNode(args, node);
            addKeys(args, changed);
        }
        if (consumes) {
            addConsumed(args, sorted);
        }
        Map<String, AppendOutcome> refused = new HashMap<>();
        database.<List<AppendOutcome>>writeOften(
                "append to " + appends.size() + " runs",
                session ->
                        session.query(
                                sql,
                                row ->
                                        refused.put(
                                                row.getString("run"),
                                                AppendOutcome.valueOf(row.getString("outcome"))),
                                args.toArray()));
        return appends.stream()
                .map(append -> refused.getOrDefault(append.run(), AppendOutcome.APPENDED))
                .toList();
    }

    private static boolean changesRun(Append append) {
        return append.summary() != null || append.release() || append.entries().isEmpty();
    }

    private static void addEntries(List<Object> args, List<Append> appends) {
        Columns rows = new Columns();
        for (Append append : appends) {
            List<Entry> entries = append.entries();
            rows.add(
                    append.run(),
                    append.epoch(),
                    append.appendId(),
                    append.lastSequence(),
                    (long) entries.size(),
                    entries.isEmpty() ? null : Micros.of(entries.get(0).at()),
                    entries.isEmpty() ? null : Stretch.write(entries));
        }
        args.add(rows.texts(0));
        args.add(rows.numbers(1));
        args.add(rows.texts(2));
        args.add(rows.numbers(3));
        args.add(rows.numbers(4));
        args.add(rows.numbers(5));
        args.add(rows.bytes(6));
    }

    private static void addChanges(List<Object> args, List<Append> appends) {
        Columns rows = new Columns();
        for (Append append : appends) {
            Object[] row = new Object[FLAGS + Summaries.COLUMNS.size() - 1];
            row[0] = append.inboxSeen();
            row[1] = flag(append.release() || append.ends());
            row[2] = flag(append.ends());
            row[3] = flag(append.summary() != null);
            if (append.summary() != null) {
                Object[] listed = Summaries.values(append.summary());
                System.arraycopy(listed, 1, row, FLAGS, listed.length - 1);
            }
            rows.add(row);
        }
        for (int column = 0; column < FLAGS; column++) {
            args.add(rows.numbers(column));
        }
        rows.addSummaries(args, 1, FLAGS);
    }

    private static void addKeys(List<Object> args, List<Append> appends) {
        Columns waits = new Columns();
        Columns labels = new Columns();
        for (Append append : appends) {
            if (append.summary() != null) {
                PostgresRows.addWaits(waits, append.summary());
                PostgresRows.addLabels(labels, append.summary());
            }
        }
        for (Columns keys : List.of(waits, labels)) {
            args.add(keys.texts(0));
            args.add(keys.texts(1));
        }
    }

    private static void addConsumed(List<Object> args, List<Append> appends) {
        Columns consumed = new Columns();
        appends.forEach(a -> a.consumed().forEach(number -> consumed.add(a.run(), number)));
        args.add(consumed.texts(0));
        args.add(consumed.numbers(1));
    }

    private static void addNode(List<Object> args, NodeLease node) {
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
    }

    private static Long flag(boolean value) {
        return value ? 1L : 0L;
    }
}
