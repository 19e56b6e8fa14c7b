package orchestrator.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a drawing in ASCII as people do: from the bottom of each box along its line, straight on where lines cross. */
final class DrawnEdges {
    private static final Pattern NAME = Pattern.compile("\\| (s\\d+) +\\|");

    private final List<String> rows;
    private final TreeSet<String> found = new TreeSet<>();
    private final TreeSet<String> been = new TreeSet<>();

    DrawnEdges(String text) {
        this.rows = text.lines().toList();
    }

    List<String> all() {
        for (int row = 0; row < rows.size(); row++) {
            Matcher name = NAME.matcher(rows.get(row));
            for (int from = 0; name.find(from); from = name.end() - 1) {
                int bottom = row + 2;
                for (int column = name.start() + 1; column < name.end() - 1; column++) {
                    if (at(bottom, column) == '+') {
                        been.clear();
                        follow(name.group(1), bottom + 1, column, 1, 0);
                    }
                }
            }
        }
        return new ArrayList<>(found);
    }

    private void follow(String from, int row, int column, int down, int right) {
        char c = at(row, column);
        if (!been.add(row + " " + column + " " + down + " " + right)) {
            return;
        }
        if (c == 'v') {
            found.add(from + " " + boxUnder(row, column));
        } else if (c == '+') {
            if (down == 1) { // it parts or turns
                aside(from, row, column, 1);
                aside(from, row, column, -1);
                straight(from, row, column, 1, 0);
            } else {
                straight(from, row, column, 1, 0);
                straight(from, row, column, 0, right);
            }
        } else if (c != ' ') {
            straight(from, row, column, down, right);
        }
    }

    private void aside(String from, int row, int column, int right) {
        straight(from, row, column, 0, right);
    }

    private void straight(String from, int row, int column, int down, int right) {
        char next = at(row + down, column + right);
        boolean fits = down == 1 ? "|+v".indexOf(next) >= 0 : "-+|".indexOf(next) >= 0;
        if (fits && (next != '|' || down == 1 || isCrossing(row, column + right, right))) {
            follow(from, row + down, column + right, down, right);
        }
    }

    /** A line down in the way of one across: it goes on behind. */
    private boolean isCrossing(int row, int column, int right) {
        int at = column;
        while (at(row, at) == '|') {
            at += right;
        }
        return at(row, at) == '-' || at(row, at) == '+';
    }

    private String boxUnder(int row, int column) {
        Matcher name = NAME.matcher(rows.get(row + 2));
        for (int from = 0; name.find(from); from = name.end() - 1) {
            if (name.start() <= column && column < name.end()) {
                return name.group(1);
            }
        }
        return "nobody";
    }

    private char at(int row, int column) {
        return row < rows.size() && column >= 0 && column < rows.get(row).length()
                ? rows.get(row).charAt(column)
                : ' ';
    }
}
