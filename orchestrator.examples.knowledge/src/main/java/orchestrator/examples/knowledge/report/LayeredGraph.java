package orchestrator.examples.knowledge.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A graph whose vertices are in layers, edges leading to higher ones only, made ready for drawing: edges that follow
 * from others are left out, and an edge over several layers passes a bend in each layer between.
 */
final class LayeredGraph {
    /** A vertex, or a bend of an edge. */
    static final class Vertex {
        final int id;
        final int layer;
        final List<Vertex> before = new ArrayList<>();
        final List<Vertex> after = new ArrayList<>();
        double y;

        /** Its position in its layer while the layers are sorted. */
        int position;

        Vertex(int id, int layer) {
            this.id = id;
            this.layer = layer;
        }

        boolean isBend() {
            return id < 0;
        }
    }

    /** An edge and the vertices and bends that it passes, both ends included. */
    record Edge(int from, int to, List<Vertex> way) {}

    private final List<List<Vertex>> layers = new ArrayList<>();
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private int implied;

    /**
     * @param layerOf the layer of each vertex; vertices are in topological order
     * @param before for each vertex the vertices with an edge to it
     */
    LayeredGraph(int[] layerOf, List<List<Integer>> before) {
        for (int i = 0; i < layerOf.length; i++) {
            vertices.add(put(new Vertex(i, layerOf[i])));
        }
        BitSet[] ancestors = new BitSet[layerOf.length];
        for (int to = 0; to < layerOf.length; to++) {
            BitSet indirect = new BitSet();
            before.get(to).forEach(from -> indirect.or(ancestors[from]));
            ancestors[to] = (BitSet) indirect.clone();
            for (int from : before.get(to)) {
                ancestors[to].set(from);
                if (indirect.get(from)) {
                    implied++;
                } else {
                    connect(from, to);
                }
            }
        }
    }

    List<List<Vertex>> layers() {
        return layers;
    }

    List<Vertex> vertices() {
        return vertices;
    }

    List<Edge> edges() {
        return edges;
    }

    /** How many edges were left out because others imply them. */
    int implied() {
        return implied;
    }

    private void connect(int from, int to) {
        List<Vertex> way = new ArrayList<>();
        Vertex last = vertices.get(from);
        Vertex end = vertices.get(to);
        way.add(last);
        for (int layer = last.layer + 1; layer < end.layer; layer++) {
            Vertex bend = put(new Vertex(-1, layer));
            link(last, bend);
            way.add(bend);
            last = bend;
        }
        link(last, end);
        way.add(end);
        edges.add(new Edge(from, to, way));
    }

    private Vertex put(Vertex vertex) {
        while (layers.size() <= vertex.layer) {
            layers.add(new ArrayList<>());
        }
        List<Vertex> layer = layers.get(vertex.layer);
        vertex.position = layer.size();
        layer.add(vertex);
        return vertex;
    }

    private static void link(Vertex from, Vertex to) {
        from.after.add(to);
        to.before.add(from);
    }
}
