package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines between two layers. Lines of one place leave it as one and part in a row of their own; each ends in a column of its
 * own. So lines of different places may cross, but never seem to meet.
 */
final class Channel {
    private final List<Place> above;
    private final Map<Place, List<Integer>> ends = new HashMap<>(); // of the place above
    private final Map<Place, List<Integer>> columns = new HashMap<>(); // of the box below
    private final Map<Place, Integer> rows = new HashMap<>();
    private int height;

    Channel(List<Place> above, List<Place> below) {
        this.above = above;
        Set<Integer> taken = new HashSet<>();
        below.stream().filter(place -> !place.isBox()).forEach(line -> taken.add(line.x));
        below.stream().filter(place -> !place.isBox()).forEach(line -> end(line.up.get(0), line.x));
        below.stream().filter(Place::isBox).forEach(box -> enter(box, taken));
        rows();
    }

    private void end(Place from, int column) {
        ends.computeIfAbsent(from, place -> new ArrayList<>()).add(column);
    }

    private void enter(Place box, Set<Integer> taken) {
        List<Place> from = new ArrayList<>(box.up);
        from.sort(Comparator.comparing(Place::out));
        for (int i = 0; i < from.size(); i++) {
            Place parent = from.get(i);
            int wanted = from.size() == 1 ? parent.out() : box.out() + 2 * i - (from.size() - 1);
            int column = column(box, parent, wanted, taken);
            taken.add(column);
            columns.computeIfAbsent(box, place -> new ArrayList<>()).add(column);
            end(parent, column);
        }
    }

    /** The nearest free one; if it can be, none in which a line of another place comes down. */
    private int column(Place box, Place parent, int wanted, Set<Integer> taken) {
        List<Integer> columns = new ArrayList<>();
        for (int column = box.x + 1; column < box.end() - 1; column++) {
            if (!taken.contains(column)) {
                columns.add(column);
            }
        }
        return columns.stream()
                .min(
                        Comparator.comparing((Integer c) -> isUnder(c, parent))
                                .thenComparing(c -> Math.abs(c - wanted)))
                .orElse(wanted);
    }

    private boolean isUnder(int column, Place but) {
        return above.stream().anyMatch(p -> p != but && !p.down.isEmpty() && p.out() == column);
    }

    /** A row for each place whose lines go aside; places share a row if their lines do not touch. */
    private void rows() {
        List<List<int[]>> spans = new ArrayList<>();
        List<Place> open = new ArrayList<>(above.stream().filter(this::goesAside).toList());
        while (!open.isEmpty()) {
            Place next = open.stream().filter(p -> isFree(p, open)).findFirst().orElse(open.get(0));
            open.remove(next);
            int row = 0;
            for (Map.Entry<Place, Integer> other : rows.entrySet()) {
                if (comesFirst(other.getKey(), next)) {
                    row = Math.max(row, other.getValue() + 2); // in ASCII corners would touch
                }
            }
            int[] span = span(next);
            while (row < spans.size() && touches(spans.get(row), span)) {
                row++;
            }
            while (spans.size() <= row) {
                spans.add(new ArrayList<>());
            }
            spans.get(row).add(span);
            rows.put(next, row);
        }
        height = Math.max(1, spans.size()) + 1;
    }

    private boolean isFree(Place place, List<Place> open) {
        return open.stream().noneMatch(other -> other != place && comesFirst(other, place));
    }

    /** Whether a line of the second ends where the first comes down: it must have turned aside before. */
    private boolean comesFirst(Place first, Place second) {
        return first != second && ends(second).contains(first.out());
    }

    private static boolean touches(List<int[]> row, int[] span) {
        return row.stream().anyMatch(other -> other[0] <= span[1] + 1 && span[0] <= other[1] + 1);
    }

    private int[] span(Place place) {
        int least = ends(place).stream().mapToInt(Integer::intValue).min().orElse(place.out());
        int most = ends(place).stream().mapToInt(Integer::intValue).max().orElse(place.out());
        return new int[] {Math.min(least, place.out()), Math.max(most, place.out())};
    }

    private boolean goesAside(Place place) {
        return ends(place).stream().anyMatch(column -> column != place.out());
    }

    private List<Integer> ends(Place place) {
        return ends.getOrDefault(place, List.of());
    }

    /** How many rows it takes, with the one of the arrow heads. */
    int height() {
        return height;
    }

    /** The columns in which lines end at a box. */
    List<Integer> columns(Place box) {
        return columns.getOrDefault(box, List.of());
    }

    /** Draws all lines; the last row is left to the arrow heads. */
    void draw(Canvas canvas, int top) {
        for (Place place : above) {
            int turn = top + rows.getOrDefault(place, height);
            int[] span = span(place);
            if (goesAside(place)) {
                canvas.across(turn, span[0], span[1], place);
                canvas.down(place.out(), top - 1, turn, place);
            }
            for (int column : ends(place)) {
                canvas.down(column, goesAside(place) ? turn : top - 1, top + height - 1, place);
            }
        }
    }
}
