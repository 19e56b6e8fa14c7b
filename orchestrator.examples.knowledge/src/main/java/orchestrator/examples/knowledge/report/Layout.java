package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import orchestrator.examples.knowledge.report.LayeredGraph.Vertex;

/**
 * The layout of a layered graph after K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual Understanding of
 * Hierarchical System Structures", 1981: layers are sorted by the mean position of their neighbours, sweep by sweep,
 * and the order with the fewest crossings is kept; then each vertex is moved towards its neighbours as far as the order
 * and the distances of its layer allow (least squares under order, by pooling adjacent violators).
 */
final class Layout {
    private static final int SWEEPS = 24;
    private static final int MOVES = 30;

    private final LayeredGraph graph;
    private final double vertexHeight;
    private final double bendHeight;

    Layout(LayeredGraph graph, double vertexHeight, double bendHeight) {
        this.graph = graph;
        this.vertexHeight = vertexHeight;
        this.bendHeight = bendHeight;
    }

    /** Gives each vertex its y, from 0 on, and returns the height of all. */
    double apply() {
        sort();
        graph.layers().forEach(layer -> spread(layer, layer.stream().map(v -> 0.0).toList()));
        for (int i = 0; i < MOVES; i++) {
            boolean forward = i % 2 == 0;
            for (List<Vertex> layer : inTurn(forward)) {
                spread(layer, layer.stream().map(v -> wanted(v, forward)).toList());
            }
        }
        return moveToTop();
    }

    private void sort() {
        long fewest = crossings();
        List<List<Vertex>> best = copy();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (List<Vertex> layer : inTurn(forward)) {
                layer.sort(
                        Comparator.comparingDouble(
                                v ->
                                        mean(
                                                forward ? v.before : v.after,
                                                n -> (double) n.position,
                                                v.position)));
                number(layer);
            }
            long now = crossings();
            if (now < fewest) {
                fewest = now;
                best = copy();
            }
        }
        for (int i = 0; i < best.size(); i++) {
            List<Vertex> layer = graph.layers().get(i);
            layer.clear();
            layer.addAll(best.get(i));
            number(layer);
        }
    }

    private List<List<Vertex>> inTurn(boolean forward) {
        List<List<Vertex>> layers = new ArrayList<>(graph.layers());
        if (!forward) {
            java.util.Collections.reverse(layers);
        }
        return layers;
    }

    private List<List<Vertex>> copy() {
        List<List<Vertex>> copy = new ArrayList<>();
        graph.layers().forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    private static void number(List<Vertex> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).position = i;
        }
    }

    private long crossings() {
        long crossings = 0;
        for (List<Vertex> layer : graph.layers()) {
            List<int[]> edges = new ArrayList<>();
            layer.forEach(v -> v.after.forEach(n -> edges.add(new int[] {v.position, n.position})));
            for (int a = 0; a < edges.size(); a++) {
                for (int b = a + 1; b < edges.size(); b++) {
                    int left = edges.get(a)[0] - edges.get(b)[0];
                    int right = edges.get(a)[1] - edges.get(b)[1];
                    crossings += Integer.signum(left) * Integer.signum(right) < 0 ? 1 : 0;
                }
            }
        }
        return crossings;
    }

    private static double wanted(Vertex vertex, boolean forward) {
        List<Vertex> near = forward ? vertex.before : vertex.after;
        return mean(
                near.isEmpty() ? (forward ? vertex.after : vertex.before) : near,
                n -> n.y,
                vertex.y);
    }

    private static double mean(List<Vertex> near, Function<Vertex, Double> value, double none) {
        return near.stream().mapToDouble(value::apply).average().orElse(none);
    }

    /** Brings the vertices of a layer as near to what they want as their order and distances allow. */
    private void spread(List<Vertex> layer, List<Double> wanted) {
        double[] offset = new double[layer.size()];
        for (int i = 1; i < offset.length; i++) {
            offset[i] = offset[i - 1] + (height(layer.get(i - 1)) + height(layer.get(i))) / 2;
        }
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < offset.length; i++) {
            blocks.add(new Block(wanted.get(i) - offset[i], 1));
            while (blocks.size() > 1 && last(blocks, 2).mean() > last(blocks, 1).mean()) {
                Block low = blocks.remove(blocks.size() - 1);
                Block high = blocks.remove(blocks.size() - 1);
                blocks.add(new Block(low.sum + high.sum, low.size + high.size));
            }
        }
        int i = 0;
        for (Block block : blocks) {
            for (int end = i + block.size; i < end; i++) {
                layer.get(i).y = block.mean() + offset[i];
            }
        }
    }

    private record Block(double sum, int size) {
        double mean() {
            return sum / size;
        }
    }

    private static Block last(List<Block> blocks, int fromEnd) {
        return blocks.get(blocks.size() - fromEnd);
    }

    private double height(Vertex vertex) {
        return vertex.isBend() ? bendHeight : vertexHeight;
    }

    private double moveToTop() {
        double top = Double.MAX_VALUE;
        double bottom = 0;
        for (List<Vertex> layer : graph.layers()) {
            for (Vertex vertex : layer) {
                top = Math.min(top, vertex.y - height(vertex) / 2);
            }
        }
        for (List<Vertex> layer : graph.layers()) {
            for (Vertex vertex : layer) {
                vertex.y -= top;
                bottom = Math.max(bottom, vertex.y + height(vertex) / 2);
            }
        }
        return bottom;
    }
}
