package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows and columns of characters on which lines join with those of the same owner and cross all others. Not thread safe. */
final class Canvas {
    private static final int UP = 1;
    private static final int DOWN = 2;
    private static final int LEFT = 4;
    private static final int RIGHT = 8;
    private static final String LINES = " │││─┘┐┤─└┌├─┴┬┼";
    private static final String PLAIN = " |||-+++-+++-+++";

    private final int width;
    private final boolean unicode;
    private final List<char[]> texts = new ArrayList<>();
    private final List<int[]> directions = new ArrayList<>();
    private final List<Object[]> owners = new ArrayList<>();
    private final List<Painted> painted = new ArrayList<>();

    private record Painted(int row, int column, String text) {}

    Canvas(int width, boolean unicode) {
        this.width = width;
        this.unicode = unicode;
    }

    /** The arrow's head. */
    char head() {
        return unicode ? '▼' : 'v';
    }

    void down(int column, int from, int to, Object owner) {
        for (int row = from; row <= to; row++) {
            add(row, column, (row > from ? UP : 0) | (row < to ? DOWN : 0), owner);
        }
    }

    void across(int row, int from, int to, Object owner) {
        for (int column = from; column <= to; column++) {
            add(row, column, (column > from ? LEFT : 0) | (column < to ? RIGHT : 0), owner);
        }
    }

    void frame(int top, int left, int bottom, int right, Object owner) {
        across(top, left, right, owner);
        across(bottom, left, right, owner);
        down(left, top, bottom, owner);
        down(right, top, bottom, owner);
    }

    void text(int row, int column, String text) {
        reach(row);
        for (int i = 0; i < text.length() && column + i < width; i++) {
            texts.get(row)[column + i] = text.charAt(i);
        }
    }

    /** A text that the painter of {@link #lines} paints; the last one of its row. */
    void painted(int row, int column, String text) {
        text(row, column, text);
        painted.add(new Painted(row, column, text));
    }

    private void add(int row, int column, int direction, Object owner) {
        reach(row);
        Object[] row1 = owners.get(row);
        if (row1[column] != null && row1[column] != owner) {
            directions.get(row)[column] = UP | DOWN; // a crossing: the line down is seen
        } else {
            row1[column] = owner;
            directions.get(row)[column] |= direction;
        }
    }

    private void reach(int row) {
        while (texts.size() <= row) {
            char[] line = new char[width];
            Arrays.fill(line, ' ');
            texts.add(line);
            directions.add(new int[width]);
            owners.add(new Object[width]);
        }
    }

    /** What was drawn. */
    List<String> lines(UnaryOperator<String> painter) {
        List<StringBuilder> lines = new ArrayList<>();
        for (int row = 0; row < texts.size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < width; column++) {
                int direction = directions.get(row)[column];
                char text = texts.get(row)[column];
                line.append(text != ' ' ? text : (unicode ? LINES : PLAIN).charAt(direction));
            }
            lines.add(line);
        }
        painted.stream() // from the right, so that places stay where they are
                .sorted((a, b) -> b.column - a.column)
                .forEach(
                        p ->
                                lines.get(p.row)
                                        .replace(
                                                p.column,
                                                p.column + p.text.length(),
                                                painter.apply(p.text)));
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }
}
