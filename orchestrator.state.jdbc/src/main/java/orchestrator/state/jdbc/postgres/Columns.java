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

    /** The parameter for a column of one summary. */
    static String parameter(String summaryColumn) {
        boolean text = Summaries.COLUMNS.indexOf(summaryColumn) < Summaries.TEXTS;
        return text ? "?::text" : "?::bigint";
    }

    /** Parameters of {@code unnest} for the columns of a summary, in their order. */
    static List<String> summaryParameters() {
        List<String> parameters = new ArrayList<>();
        for (String column : Summaries.COLUMNS) {
            parameters.add(parameter(column) + "[]");
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
