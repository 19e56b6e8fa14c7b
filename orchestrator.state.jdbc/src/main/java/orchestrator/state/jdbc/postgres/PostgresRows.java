package orchestrator.state.jdbc.postgres;

import java.util.List;
import java.util.Map;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.Digest;
import orchestrator.state.jdbc.Micros;

/** Rows that both new runs and appends write, as columns. */
final class PostgresRows {
    private PostgresRows() {}

    /** Adds entries; the last one carries the append id. */
    static void addEntries(
            Columns rows, String run, List<Entry> entries, long epoch, String appendId) {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            rows.add(
                    run,
                    entry.sequence(),
                    entry.type(),
                    (long) entry.version(),
                    Micros.of(entry.at()),
                    epoch,
                    entry.body(),
                    i == entries.size() - 1 ? appendId : null);
        }
    }

    static void entryArguments(List<Object> args, Columns rows, boolean withAppendId) {
        args.add(rows.texts(0));
        args.add(rows.numbers(1));
        args.add(rows.texts(2));
        args.add(rows.numbers(3));
        args.add(rows.numbers(4));
        args.add(rows.numbers(5));
        args.add(rows.bytes(6));
        if (withAppendId) {
            args.add(rows.texts(7));
        }
    }

    static void addWaits(Columns rows, RunSummary summary) {
        if (!summary.status().isFinal()) {
            summary.waitKeys().forEach(key -> rows.add(Digest.of(key), summary.id()));
        }
    }

    static void addLabels(Columns rows, RunSummary summary) {
        for (Map.Entry<String, String> label : summary.labels().entrySet()) {
            rows.add(Digest.of(label.getKey(), label.getValue()), summary.id());
        }
    }
}
