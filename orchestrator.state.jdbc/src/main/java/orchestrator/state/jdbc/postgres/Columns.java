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

    /** {@code unnest} of the columns of a summary, in their order. */
    static String summaryParameters() {
        List<String> parameters = new ArrayList<>();
        for (int i = 0; i < Summaries.COLUMNS.size(); i++) {
            parameters.add(i < Summaries.TEXTS ? "?::text[]" : "?::bigint[]");
        }
        return String.join(", ", parameters);
    }

    /** Adds the columns of summaries, which stand in these rows from a column on, as arguments. */
    void addSummaries(List<Object> args, int from) {
        for (int i = 0; i < Summaries.COLUMNS.size(); i++) {
            args.add(i < Summaries.TEXTS ? texts(from + i) : numbers(from + i));
        }
    }
}
