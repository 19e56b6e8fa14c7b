package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one contender with one shape. */
final class Figures {
    private final String contender;
    private final List<Round> rounds = new ArrayList<>();

    Figures(String contender) {
        this.contender = contender;
    }

    String contender() {
        return contender;
    }

    void add(Round round) {
        rounds.add(round);
    }

    /** The middle of what the rounds say. */
    double median(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The largest of what the rounds say, less the smallest, as a share of the middle. */
    double spread(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[sorted.length - 1] - sorted[0]) / median(figure);
    }
}
