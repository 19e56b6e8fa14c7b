package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.shell.output.Screen;
import orchestrator.shell.output.StatusColour;

/** Draws a graph with boxes and arrows, or lists its steps where that has no room. */
public final class GraphDrawing {
    private static final int LONGEST = 36;
    private static final int MOST = 400;

    private final WorkflowGraph graph;
    private final Map<String, String> statuses;
    private final Screen screen;

    /**
     * A drawing on a screen.
     *
     * @param statuses the statuses of a run's steps by name; empty without a run
     */
    public GraphDrawing(WorkflowGraph graph, Map<String, String> statuses, Screen screen) {
        this.graph = graph;
        this.statuses = statuses;
        this.screen = screen;
    }

    /** Draws it. */
    public void print() {
        int most = Math.min(MOST, screen.width() - 1);
        Layout layout = new Layout(graph, this::texts, most);
        if (layout.width() > most) {
            graph.nodes().forEach(this::list);
        } else {
            draw(layout).forEach(screen::line);
        }
        graph.onFailure()
                .ifPresent(work -> screen.line(screen.cut("When a run fails: " + work, most)));
    }

    private List<String> texts(GraphNode node) {
        List<String> texts = new ArrayList<>();
        texts.add(node.name());
        if (statuses.containsKey(node.name())) {
            texts.add(statuses.get(node.name()));
        }
        texts.add(node.said());
        texts.addAll(node.marks());
        texts.replaceAll(text -> screen.cut(text, LONGEST));
        return texts;
    }

    private List<String> draw(Layout layout) {
        Canvas canvas = new Canvas(layout.width(), isUnicode());
        int top = 0;
        for (int i = 0; i < layout.layers().size(); i++) {
            List<Place> layer = layout.layers().get(i);
            int height = layer.stream().mapToInt(place -> place.texts.size()).max().orElse(0) + 2;
            int from = top;
            layer.forEach(place -> draw(canvas, place, from, from + height - 1));
            top += height;
            if (i + 1 < layout.layers().size()) {
                Channel channel = new Channel(layer, layout.layers().get(i + 1));
                channel.draw(canvas, top);
                top += channel.height();
                heads(canvas, layout.layers().get(i + 1), channel, top - 1);
            }
        }
        return canvas.lines(text -> StatusColour.paint(screen, text));
    }

    private static void heads(Canvas canvas, List<Place> below, Channel channel, int row) {
        below.stream()
                .filter(Place::isBox)
                .flatMap(box -> channel.columns(box).stream())
                .forEach(column -> canvas.text(row, column, String.valueOf(canvas.head())));
    }

    private void draw(Canvas canvas, Place place, int top, int bottom) {
        if (!place.isBox()) {
            canvas.down(place.x, top - 1, bottom, place);
            return;
        }
        int end = top + place.texts.size() + 1;
        canvas.frame(top, place.x, end, place.end() - 1, place);
        for (int i = 0; i < place.texts.size(); i++) {
            String text = place.texts.get(i);
            if (text.equals(statuses.get(place.step))) {
                canvas.painted(top + 1 + i, place.x + 2, text);
            } else {
                canvas.text(top + 1 + i, place.x + 2, text);
            }
        }
        if (!place.down.isEmpty()) {
            canvas.down(place.out(), end, bottom, place);
        }
    }

    private void list(GraphNode node) {
        List<String> words = new ArrayList<>(List.of(node.name()));
        if (statuses.containsKey(node.name())) {
            words.add(statuses.get(node.name()));
        }
        List<String> before = graph.before(node.name());
        if (!before.isEmpty()) {
            words.add("after " + String.join(", ", before));
        }
        words.add(node.said());
        words.addAll(node.marks());
        screen.line(screen.cut(String.join("; ", words), screen.width() - 1));
    }

    private boolean isUnicode() {
        return screen.terminal() && screen.charset().newEncoder().canEncode("│▼");
    }
}
