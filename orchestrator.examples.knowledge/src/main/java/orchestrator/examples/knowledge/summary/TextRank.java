package orchestrator.examples.knowledge.summary;

import java.util.Arrays;
import java.util.List;

/**
 * The importance of sentences after R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004:
 * sentences are vertices, the weight of an edge is their number of common words divided by the logarithms of their
 * lengths, and PageRank with damping 0.85 over the weighted graph gives each its importance. Always iterates until the
 * changes are small or 50 times, in a fixed order, so that equal texts give equal results.
 */
final class TextRank {
    private static final double DAMPING = 0.85;
    private static final double SMALL = 1e-6;
    private static final int MOST_ITERATIONS = 50;

    private TextRank() {}

    /** The importance of each sentence; the sum is about their number. */
    static double[] rank(List<Sentence> sentences) {
        double[][] weights = weights(sentences);
        double[] sums =
                Arrays.stream(weights).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
        double[] rank = new double[sentences.size()];
        Arrays.fill(rank, 1);
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double[] next = step(weights, sums, rank);
            double change = 0;
            for (int v = 0; v < rank.length; v++) {
                change = Math.max(change, Math.abs(next[v] - rank[v]));
            }
            rank = next;
            if (change < SMALL) {
                break;
            }
        }
        return rank;
    }

    private static double[] step(double[][] weights, double[] sums, double[] rank) {
        double[] next = new double[rank.length];
        for (int v = 0; v < rank.length; v++) {
            double received = 0;
            for (int u = 0; u < rank.length; u++) {
                if (weights[u][v] > 0) {
                    received += weights[u][v] / sums[u] * rank[u];
                }
            }
            next[v] = 1 - DAMPING + DAMPING * received;
        }
        return next;
    }

    private static double[][] weights(List<Sentence> sentences) {
        int n = sentences.size();
        double[][] weights = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                Sentence left = sentences.get(a);
                Sentence right = sentences.get(b);
                double length = Math.log(left.words().size()) + Math.log(right.words().size());
                weights[a][b] = left.common(right) / length;
                weights[b][a] = weights[a][b];
            }
        }
        return weights;
    }
}
