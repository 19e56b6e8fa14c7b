package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.List;

/** Where a step is drawn, or where a line passes a layer that it has nothing to do with. Not thread safe. */
final class Place {
    private static final int FRAME = 4;

    final String step; // null for a line that passes
    final List<String> texts;
    final List<Place> up = new ArrayList<>();
    final List<Place> down = new ArrayList<>();
    int x;
    int width = 1;
    double rank;

    private Place(String step, List<String> texts) {
        this.step = step;
        this.texts = texts;
    }

    static Place box(String step, List<String> texts) {
        return new Place(step, texts);
    }

    static Place line() {
        return new Place(null, List.of());
    }

    static void join(Place above, Place below) {
        above.down.add(below);
        below.up.add(above);
    }

    /** Wide enough for its texts, and for two columns for each line that comes in. */
    void measure() {
        if (isBox()) {
            int longest = texts.stream().mapToInt(String::length).max().orElse(0);
            width = Math.max(longest + FRAME, 2 * up.size() + 3);
        }
    }

    boolean isBox() {
        return step != null;
    }

    /** The column where lines leave it. */
    int out() {
        return x + width / 2;
    }

    int end() {
        return x + width;
    }
}
