package orchestrator.shell.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;

/** A table that fits its screen: long cells are cut, and where that is not enough, optional columns are left out. */
public final class Table {
    private static final int SEPARATOR = 3;

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A column that is always shown in full: ids, names. */
    public Table fixed(String header) {
        return column(header, Integer.MAX_VALUE, false, false);
    }

    /** A column of statuses, always shown in full. */
    public Table status(String header) {
        return column(header, Integer.MAX_VALUE, false, true);
    }

    /** A column that may be cut to a few characters. */
    public Table flexible(String header, int least) {
        return column(header, least, false, false);
    }

    /** A column that may be cut to a few characters, and left out where there is no room. The last goes first. */
    public Table optional(String header, int least) {
        return column(header, least, true, false);
    }

    private Table column(String header, int least, boolean optional, boolean status) {
        columns.add(new Column(header, least, optional, status));
        return this;
    }

    /** A row: one cell for each column; null is empty. */
    public Table row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    "Expected " + columns.size() + " cells, but found " + cells.length);
        }
        rows.add(
                Arrays.stream(cells)
                        .map(cell -> cell == null ? "" : Screen.oneLine(cell.toString()))
                        .toList());
        return this;
    }

    /** Writes the table, or the text if there are no rows. */
    public void print(Screen screen, String ifEmpty) {
        if (rows.isEmpty()) {
            screen.line(ifEmpty);
            return;
        }
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            shown.add(i);
        }
        int[] widths = widths(shown, screen.width(), Column::least);
        while (total(shown, widths) > screen.width() && dropLastOptional(shown)) {
            widths = widths(shown, screen.width(), Column::least);
        }
        if (total(shown, widths) > screen.width()) {
            widths = widths(shown, screen.width(), Column::narrow);
        }
        shellTable(screen, shown, widths).print(screen.out(), screen.charset(), true);
    }

    private boolean dropLastOptional(List<Integer> shown) {
        for (int at = shown.size() - 1; at >= 0; at--) {
            if (columns.get(shown.get(at)).optional()) {
                shown.remove(at);
                return true;
            }
        }
        return false;
    }

    /** How narrow a column may become. */
    private interface Narrowest {
        int of(Column column, int natural);
    }

    /** The width of each column; the widest of those that can be cut are cut first. */
    private int[] widths(List<Integer> shown, int room, Narrowest narrowest) {
        int[] widths = new int[columns.size()];
        int[] least = new int[columns.size()];
        for (int i : shown) {
            widths[i] = columns.get(i).header().length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
            least[i] = narrowest.of(columns.get(i), widths[i]);
        }
        for (int excess = total(shown, widths) - room; excess > 0; excess--) {
            int widest = -1;
            for (int i : shown) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] >= widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(List<Integer> shown, int[] widths) {
        int total = -SEPARATOR;
        for (int i : shown) {
            total += widths[i] + SEPARATOR;
        }
        return total;
    }

    private ShellTable shellTable(Screen screen, List<Integer> shown, int[] widths) {
        ShellTable table = new ShellTable();
        for (int i : shown) {
            Col col = table.column(columns.get(i).header());
            if (screen.terminal() && columns.get(i).status()) {
                col.colorProvider(StatusColour::of);
            }
        }
        for (List<String> cells : rows) {
            Row row = table.addRow();
            for (int i : shown) {
                row.addContent(screen.cut(cells.get(i), widths[i]));
            }
        }
        return table;
    }
}
