package orchestrator.examples.knowledge.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers at the head of a report.
 *
 * @param score the mean of the documents' scores, 0 without documents
 */
record Counts(
        int documents,
        int valid,
        int errors,
        int warnings,
        int indexed,
        int summaries,
        long words,
        double score,
        int missing,
        int cycles) {

    static Counts of(List<Row> rows, int missing, int cycles) {
        int errors = 0;
        int warnings = 0;
        for (Row row : rows) {
            int bad = (int) row.findings().stream().filter(f -> f.error()).count();
            errors += bad;
            warnings += row.findings().size() - bad;
        }
        double score = rows.stream().mapToDouble(row -> row.unit().score()).average().orElse(0);
        return new Counts(
                rows.size(),
                (int) rows.stream().filter(row -> row.unit().valid()).count(),
                errors,
                warnings,
                (int) rows.stream().filter(Row::indexed).count(),
                (int) rows.stream().filter(row -> !row.summary().isEmpty()).count(),
                rows.stream().mapToLong(row -> row.unit().words()).sum(),
                Math.round(score * 1000) / 1000.0,
                missing,
                cycles);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("documents", documents);
        map.put("valid", valid);
        map.put("invalid", documents - valid);
        map.put("errors", errors);
        map.put("warnings", warnings);
        map.put("indexed", indexed);
        map.put("summaries", summaries);
        map.put("words", words);
        map.put("mean_score", score);
        map.put("missing_prerequisites", missing);
        map.put("cycles", cycles);
        return map;
    }
}
