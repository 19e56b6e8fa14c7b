package orchestrator.state.jdbc.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.Database;
import orchestrator.state.jdbc.Session;
import orchestrator.state.jdbc.Summaries;
import orchestrator.state.jdbc.Text;
import orchestrator.state.jdbc.Topics;

/** Appends on PostgreSQL: a batch, unless it is very large, is one statement, see {@link AppendStatement}. */
final class PostgresAppending implements Topics.Appending {
    private static final long PART_BYTES = 32L * 1024 * 1024;

    private final Database database;

    PostgresAppending(Database database) {
        this.database = database;
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
        boolean full = appends.stream().anyMatch(PostgresAppending::touches);
        Object[] args = arguments(node, appends, full);
        return database.write(
                "append to " + appends.size() + " runs", session -> execute(session, full, args));
    }

    private static List<AppendOutcome> execute(Session session, boolean full, Object[] args)
            throws SQLException {
        return session.query(
                full ? AppendStatement.FULL : AppendStatement.ENTRIES_ONLY,
                row -> outcome(row.getString("outcome")),
                args);
    }

    private static AppendOutcome outcome(String found) {
        return switch (found) {
            case "NEW", "REPEATED" -> AppendOutcome.APPENDED;
            default -> AppendOutcome.valueOf(found);
        };
    }

    private static boolean touches(Append append) {
        return append.summary() != null || append.release() || append.entries().isEmpty();
    }

    private static Object[] arguments(NodeLease node, List<Append> appends, boolean full) {
        Columns rows = new Columns();
        Columns entries = new Columns();
        Columns consumed = new Columns();
        Columns summaries = new Columns();
        Columns waits = new Columns();
        Columns labels = new Columns();
        for (Append append : appends) {
            rows.add(
                    append.run(),
                    append.epoch(),
                    append.appendId(),
                    append.lastSequence(),
                    (long) append.entries().size(),
                    append.inboxSeen(),
                    flag(touches(append)),
                    flag(append.release() || append.ends()),
                    flag(append.ends()));
            PostgresRows.addEntries(
                    entries, append.run(), append.entries(), append.epoch(), append.appendId());
            append.consumed().forEach(number -> consumed.add(append.run(), number));
            if (append.summary() != null) {
                summaries.add(Summaries.values(append.summary()));
                PostgresRows.addWaits(waits, append.summary());
                PostgresRows.addLabels(labels, append.summary());
            }
        }
        List<Object> args = new ArrayList<>();
        addNode(args, node);
        args.add(rows.texts(0));
        args.add(rows.numbers(1));
        args.add(rows.texts(2));
        for (int column = 3; column < 9; column++) {
            args.add(rows.numbers(column));
        }
        if (full) {
            addNode(args, node);
        }
        addNode(args, node);
        PostgresRows.entryArguments(args, entries, true);
        args.add(consumed.texts(0));
        args.add(consumed.numbers(1));
        if (full) {
            summaries.addSummaries(args, 0);
            addKeys(args, waits);
            addKeys(args, labels);
        }
        return args.toArray();
    }

    private static void addNode(List<Object> args, NodeLease node) {
        args.add(Text.stored(node.node()));
        args.add(node.incarnation());
    }

    private static void addKeys(List<Object> args, Columns keys) {
        args.add(keys.texts(0));
        args.add(keys.texts(1));
    }

    private static Long flag(boolean value) {
        return value ? 1L : 0L;
    }
}
