package benchmarks;

import java.io.PrintStream;
import java.util.List;

/** Medians and ratios as a table for people, in Markdown. */
final class Table {
    private Table() {}

    /** Prints a title and a line for each contender; ratios are to the first, the floor. */
    static void print(PrintStream out, String title, List<Figures> all) {
        out.printf(
                "%n%s%n%n| %-28s | %11s | %8s | %9s | %9s | %9s | %9s | %7s |%n",
                title,
                "contender",
                "steps/s",
                "of floor",
                "p50 ms",
                "p99 ms",
                "CPU µs",
                "bytes",
                "spread");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        double floor = all.get(0).median(Round::rate);
        for (Figures figures : all) {
            out.printf(
                    "| %-28s | %,11.0f | %8.3f | %9.3f | %9.3f | %9.2f | %,9.0f | %5.0f %% |%n",
                    figures.contender(),
                    figures.median(Round::rate),
                    figures.median(Round::rate) / floor,
                    figures.median(Round::p50) / 1e6,
                    figures.median(Round::p99) / 1e6,
                    figures.median(Round::cpu) / 1e3,
                    figures.median(Round::allocated),
                    100 * figures.spread(Round::rate));
        }
    }
}
