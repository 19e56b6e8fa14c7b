package orchestrator.state.jdbc.postgres;

import java.util.Map;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.Digest;

/** Rows that both new runs and appends write, as columns. */
final class PostgresRows {
    private PostgresRows() {}

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
