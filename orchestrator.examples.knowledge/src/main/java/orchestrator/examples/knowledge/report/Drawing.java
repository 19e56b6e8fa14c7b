package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.report.LayeredGraph.Edge;
import orchestrator.examples.knowledge.report.LayeredGraph.Vertex;

/**
 * The learning order as an inline SVG: from left to right, each unit after its prerequisites; units that no drawn edge
 * touches stand in rows below.
 */
final class Drawing {
    /** A drawing of more units would show nothing. */
    static final int MOST_UNITS = 250;

    private static final int WIDTH = 160;
    private static final int HEIGHT = 56;
    private static final int GAP_X = 38;
    private static final int GAP_Y = 12;
    private static final int MARGIN = 10;
    private static final int LINE = 20;

    private static final double SMALLEST = 0.78;

    private final List<Tree> places;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Integer> connected = new ArrayList<>();
    private final List<Integer> alone = new ArrayList<>();
    private final LayeredGraph graph;

    /**
     * @param order the places of the learning order
     */
    Drawing(List<Tree> order) {
        places = order.subList(0, Math.min(MOST_UNITS, order.size()));
        for (int i = 0; i < places.size(); i++) {
            numbers.put(places.get(i).text("id"), i);
        }
        boolean[] touched = new boolean[places.size()];
        for (int i = 0; i < touched.length; i++) {
            for (int from : before(i)) {
                touched[from] = true;
                touched[i] = true;
            }
        }
        Map<Integer, Integer> index = new HashMap<>();
        for (int i = 0; i < touched.length; i++) {
            if (touched[i]) {
                index.put(i, connected.size());
                connected.add(i);
            } else {
                alone.add(i);
            }
        }
        graph =
                new LayeredGraph(
                        connected.stream().mapToInt(i -> places.get(i).integer("level")).toArray(),
                        connected.stream()
                                .map(i -> before(i).stream().map(index::get).toList())
                                .toList());
    }

    /** How many prerequisites are not drawn because others imply them. */
    int implied() {
        return graph.implied();
    }

    /** Writes the drawing into the page. */
    void write(Html html) {
        double graphHeight =
                connected.isEmpty() ? 0 : new Layout(graph, HEIGHT + GAP_Y, 16).apply();
        int columns = Math.max(graph.layers().size(), Math.min(6, alone.size()));
        int rows = columns == 0 ? 0 : (alone.size() + columns - 1) / columns;
        double width = MARGIN * 2 + columns * (WIDTH + GAP_X) - GAP_X;
        double height = MARGIN * 2 + graphHeight + rows * (HEIGHT + GAP_Y);
        html.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 %s %s".formatted(number(width), number(height)),
                // Wide drawings shrink to the page as long as they can be read, and are scrolled
                // then.
                "style",
                "width:100%%;max-width:%spx;min-width:%spx"
                        .formatted(number(width), number(width * SMALLEST)),
                "role",
                "img",
                "aria-label",
                "Learning order of %d units".formatted(places.size()));
        html.open("g", "class", "edges");
        graph.edges().forEach(edge -> edge(html, edge));
        html.close();
        for (Vertex vertex : graph.vertices()) {
            unit(html, connected.get(vertex.id), x(vertex.layer), MARGIN + vertex.y - HEIGHT / 2.0);
        }
        for (int i = 0; i < alone.size(); i++) {
            int row = i / columns;
            double y = MARGIN + graphHeight + row * (double) (HEIGHT + GAP_Y) + GAP_Y / 2.0;
            unit(html, alone.get(i), x(i % columns), y);
        }
        html.close();
    }

    private void edge(Html html, Edge edge) {
        StringBuilder path = new StringBuilder("M");
        List<Vertex> way = edge.way();
        for (int i = 0; i < way.size(); i++) {
            Vertex at = way.get(i);
            double left = x(at.layer);
            double y = MARGIN + at.y;
            if (i > 0) {
                path.append(curve(left - GAP_X, MARGIN + way.get(i - 1).y, left, y));
            }
            if (i == 0) {
                path.append(point(left + WIDTH, y));
            } else if (i < way.size() - 1) {
                path.append(" L").append(point(left + WIDTH, y));
            }
        }
        html.empty(
                "path",
                "d",
                path.toString(),
                "data-from",
                String.valueOf(connected.get(edge.from())),
                "data-to",
                String.valueOf(connected.get(edge.to())));
    }

    private void unit(Html html, int number, double x, double y) {
        Tree place = places.get(number);
        String title = place.text("title");
        html.open(
                "a",
                "href",
                "#" + Anchors.of(place.text("path")),
                "class",
                "unit " + Anchors.difficulty(place.text("difficulty")),
                "data-unit",
                String.valueOf(number),
                "transform",
                "translate(%s %s)".formatted(number(x), number(y)));
        html.element("title", "%d. %s (%s)".formatted(number + 1, title, place.text("difficulty")));
        html.empty("rect", "width", number(WIDTH), "height", number(HEIGHT), "rx", "7");
        html.empty("rect", "class", "band", "width", "5", "height", number(HEIGHT), "rx", "2");
        List<String> lines = Lines.of("%d. %s".formatted(number + 1, title), LINE, 3);
        for (int i = 0; i < lines.size(); i++) {
            double base = HEIGHT / 2.0 + 4 + (i - (lines.size() - 1) / 2.0) * 15.5;
            html.element("text", lines.get(i), "x", "12", "y", number(base));
        }
        html.close();
    }

    private List<Integer> before(int i) {
        return places.get(i).texts("prerequisites").stream()
                .filter(numbers::containsKey)
                .map(numbers::get)
                .filter(from -> from < i)
                .toList();
    }

    private static double x(int column) {
        return MARGIN + column * (double) (WIDTH + GAP_X);
    }

    private static String curve(double x1, double y1, double x2, double y2) {
        double middle = (x1 + x2) / 2;
        return " C%s %s %s".formatted(point(middle, y1), point(middle, y2), point(x2, y2));
    }

    private static String point(double x, double y) {
        return number(x) + " " + number(y);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
