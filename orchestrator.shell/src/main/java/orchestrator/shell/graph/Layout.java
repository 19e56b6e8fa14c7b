package orchestrator.shell.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives the steps of a graph their places: layers from the top, a box each, lines through the layers between. */
final class Layout {
    private static final int GAP = 3;
    private static final int SWEEPS = 4;

    private final List<List<Place>> layers = new ArrayList<>();

    /**
     * Lays it out.
     *
     * @param texts what stands in the box of a step
     * @param most how many columns there are
     */
    Layout(WorkflowGraph graph, Function<GraphNode, List<String>> texts, int most) {
        place(graph, texts);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<Place> layer : layers) {
                sort(layer, place -> place.up);
            }
            for (int i = layers.size() - 1; i >= 0; i--) {
                sort(layers.get(i), place -> place.down);
            }
        }
        layers.forEach(layer -> layer.forEach(Place::measure));
        alignWithParents();
        if (width() > most) {
            pack();
        }
    }

    private void place(WorkflowGraph graph, Function<GraphNode, List<String>> texts) {
        Map<String, Place> boxes = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        for (List<GraphNode> layer : graph.layers()) {
            List<Place> places = new ArrayList<>();
            for (GraphNode node : layer) {
                Place box = Place.box(node.name(), texts.apply(node));
                boxes.put(node.name(), box);
                depths.put(node.name(), layers.size());
                places.add(box);
            }
            layers.add(places);
        }
        for (GraphEdge edge : graph.edges()) {
            Place above = boxes.get(edge.from());
            for (int i = depths.get(edge.from()) + 1; i < depths.get(edge.to()); i++) {
                Place line = Place.line();
                layers.get(i).add(line);
                Place.join(above, line);
                above = line;
            }
            Place.join(above, boxes.get(edge.to()));
        }
        layers.forEach(Layout::rank);
    }

    private static void rank(List<Place> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).rank = i;
        }
    }

    /** Each place goes to the middle of its neighbours, so that fewer lines cross. */
    private static void sort(List<Place> layer, Function<Place, List<Place>> neighbours) {
        Map<Place, Double> wanted = new HashMap<>();
        for (Place place : layer) {
            wanted.put(
                    place,
                    neighbours.apply(place).stream()
                            .mapToDouble(other -> other.rank)
                            .average()
                            .orElse(place.rank));
        }
        layer.sort(Comparator.comparing(wanted::get));
        rank(layer);
    }

    private void alignWithParents() {
        for (List<Place> layer : layers) {
            int free = Integer.MIN_VALUE / 2;
            double moved = 0;
            for (Place place : layer) {
                int wanted =
                        (int) Math.round(place.up.stream().mapToInt(Place::out).average().orElse(0))
                                - place.width / 2;
                place.x = Math.max(wanted, free);
                moved += place.x - wanted;
                free = place.end() + GAP;
            }
            int back = (int) Math.round(moved / layer.size());
            layer.forEach(place -> place.x -= back);
        }
        int left = layers.stream().flatMap(List::stream).mapToInt(p -> p.x).min().orElse(0);
        layers.forEach(layer -> layer.forEach(place -> place.x -= left));
    }

    /** As narrow as can be: each layer in the middle. */
    private void pack() {
        for (List<Place> layer : layers) {
            int free = 0;
            for (Place place : layer) {
                place.x = free;
                free = place.end() + GAP;
            }
        }
        int width = width();
        for (List<Place> layer : layers) {
            int indent = (width - layer.get(layer.size() - 1).end()) / 2;
            layer.forEach(place -> place.x += indent);
        }
    }

    List<List<Place>> layers() {
        return layers;
    }

    int width() {
        return layers.stream().flatMap(List::stream).mapToInt(Place::end).max().orElse(0);
    }
}
