package orchestrator.examples.knowledge.report;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import orchestrator.examples.knowledge.report.LayeredGraph.Edge;
import orchestrator.examples.knowledge.report.LayeredGraph.Vertex;
import org.junit.Test;

public class LayoutTest {
    private static final double VERTEX = 60;
    private static final double BEND = 16;

    @Test
    public void anEdgeThatFollowsFromOthersIsLeftOut() {
        LayeredGraph graph =
                new LayeredGraph(
                        new int[] {0, 1, 2}, List.of(List.of(), List.of(0), List.of(0, 1)));

        assertEquals(1, graph.implied());
        assertEquals(2, graph.edges().size());
    }

    @Test
    public void aLongEdgePassesABendInEachLayer() {
        LayeredGraph graph =
                new LayeredGraph(
                        new int[] {0, 0, 1, 2},
                        List.of(List.of(), List.of(), List.of(0), List.of(1, 2)));

        Edge edge = graph.edges().stream().filter(e -> e.from() == 1).findFirst().orElseThrow();
        assertEquals(3, edge.way().size());
        assertTrue(edge.way().get(1).isBend());
    }

    @Test
    public void aCrossingThatNeedNotBeIsRemoved() {
        LayeredGraph graph =
                new LayeredGraph(
                        new int[] {0, 0, 1, 1},
                        List.of(List.of(), List.of(), List.of(1), List.of(0)));
        new Layout(graph, VERTEX, BEND).apply();

        List<Vertex> all = graph.vertices();
        assertTrue(
                Math.signum(all.get(0).y - all.get(1).y)
                        == Math.signum(all.get(3).y - all.get(2).y));
    }

    @Test
    public void aChainIsStraight() {
        LayeredGraph graph =
                new LayeredGraph(new int[] {0, 1, 2}, List.of(List.of(), List.of(0), List.of(1)));

        assertEquals(VERTEX, new Layout(graph, VERTEX, BEND).apply(), 1e-6);
        graph.vertices().forEach(v -> assertEquals(VERTEX / 2, v.y, 1e-6));
    }

    @Test
    public void nothingOverlapsInAnyGraph() {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(60);
            int[] level = new int[n];
            List<List<Integer>> before = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                int to = i;
                List<Integer> some =
                        i == 0
                                ? List.of()
                                : IntStream.range(0, random.nextInt(4))
                                        .map(k -> random.nextInt(to))
                                        .distinct()
                                        .boxed()
                                        .toList();
                before.add(some);
                level[i] = some.stream().mapToInt(p -> level[p] + 1).max().orElse(0);
            }
            LayeredGraph graph = new LayeredGraph(level, before);
            double height = new Layout(graph, VERTEX, BEND).apply();
            check("seed " + seed, graph, height);
        }
    }

    private static void check(String seed, LayeredGraph graph, double height) {
        for (List<Vertex> layer : graph.layers()) {
            double free = 0;
            for (Vertex vertex : layer) {
                double half = (vertex.isBend() ? BEND : VERTEX) / 2;
                assertTrue(seed, vertex.y - half >= free - 1e-6);
                free = vertex.y + half;
            }
            assertTrue(seed, free <= height + 1e-6);
        }
    }
}
