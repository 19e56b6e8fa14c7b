package orchestrator.shell.output;

import java.util.List;

/** Lines of a terminal that are drawn over. Not thread safe. */
final class Redraw {
    private static final String ESCAPE = "\u001b[";

    private final Screen screen;
    private final int rows;
    private int drawn;

    /**
     * Begins where the cursor is.
     *
     * @param height how many lines the terminal has
     */
    Redraw(Screen screen, int height) {
        this.screen = screen;
        this.rows = Math.max(2, height - 2);
    }

    /** How many lines can be drawn: what has scrolled away cannot be drawn over. */
    int rows() {
        return rows;
    }

    /**
     * Over what was drawn last.
     *
     * @param lines none wider than the terminal; those for which there is no room are counted in the last line
     */
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(ESCAPE).append(drawn).append('A');
        }
        text.append('\r').append(ESCAPE).append('J');
        drawn = Math.min(lines.size(), rows);
        for (int i = 0; i < drawn; i++) {
            boolean cut = i == drawn - 1 && lines.size() > drawn;
            text.append(cut ? "... and %d more".formatted(lines.size() - i) : lines.get(i))
                    .append('\n');
        }
        screen.out().print(text);
        screen.out().flush();
    }
}
