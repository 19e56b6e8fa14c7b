package orchestrator.state.jdbc.postgres;

import java.util.ArrayList;
import java.util.List;
import orchestrator.state.jdbc.Summaries;

/** Rows given to a statement as one array for each column, so that a batch of any size is the same statement. */
final class Columns {
    private final List<Object[]> rows = new ArrayList<>();

    void add(Object... row) {
        rows.add(row);
    }

    String[] texts(int column) {
        return rows.stream().map(row -> (String) row[column]).toArray(String[]::new);
    }

    Long[] numbers(int column) {
        return rows.stream().map(row -> (Long) row[column]).toArray(Long[]::new);
    }

    byte[][] bytes(int column) {
        return rows.stream().map(row -> (byte[]) row[column]).toArray(byte[][]::new);
    }

    /** Whether a column of a summary holds texts; else it holds numbers. */
    static boolean isText(String summaryColumn) {
        return Summaries.COLUMNS.indexOf(summaryColumn) < Summaries.TEXTS;
    }

    /** Parameters of {@code unnest} for the columns of a summary, in their order. */
    static List<String> summaryParameters() {
        List<String> parameters = new ArrayList<>();
        for (String column : Summaries.COLUMNS) {
            parameters.add(isText(column) ? "?::text[]" : "?::bigint[]");
        }
        return parameters;
    }

    /** Adds the columns of summaries from one on, which stand in these rows from some column on, as arguments. */
    void addSummaries(List<Object> args, int first, int from) {
        for (int i = first; i < Summaries.COLUMNS.size(); i++) {
            int column = from + i - first;
            args.add(i < Summaries.TEXTS ? texts(column) : numbers(column));
        }
    }
}
