package benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;

/** What was measured on a server, as tables for people, in Markdown. */
final class StoreTable {
    private StoreTable() {}

    /** Prints what it was measured on. */
    static void printMachine(PrintStream out, String serverVersion) {
        out.printf(
                "%d cores, %s %s %s, JDK %s, PostgreSQL %s (fsync, synchronous_commit, full_page_writes on)%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                System.getProperty("java.version"),
                serverVersion);
    }

    /** Prints a line for each contender; ratios are to the ceiling and to the first peer. */
    static void print(PrintStream out, Shape shape, List<StoreFigures> all) {
        out.printf(
                "%n| %-27s | %7s | %7s | %7s | %8s | %8s | %7s | %7s | %7s | %7s | %8s | %8s | %6s |%n",
                shape.name(),
                "runs/s",
                "of bare",
                "of DBOS",
                "p50 ms",
                "p99 ms",
                "commits",
                "transa.",
                "rows",
                "flushes",
                "own CPU",
                "srv CPU",
                "spread");
        out.println(
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        OptionalDouble bare = rate(all, "bare", shape);
        OptionalDouble dbos = rate(all, "dbos", shape);
        for (StoreFigures figures : all) {
            Figures rounds = figures.rounds();
            double rate = rounds.median(Round::rate) / shape.results();
            StoreFigures.Demand demand = figures.demand();
            out.printf(
                    "| %-27s | %7s | %7s | %7s | %8s | %8s | %7s | %7s | %7s | %7s | %8s | %8s | %4.0f %% |%n",
                    figures.name(),
                    number(rate),
                    ratio(rate, bare),
                    ratio(rate, dbos),
                    number(rounds.median(Round::p50) / 1e6),
                    number(rounds.median(Round::p99) / 1e6),
                    number(demand.commits()),
                    number(demand.transactions()),
                    number(demand.rows()),
                    number(demand.flushes()),
                    number(demand.ownCpu() / 1e6),
                    number(demand.serverCpu() / 1e6),
                    100 * rounds.spread(Round::rate));
        }
    }

    /** Prints what one node and several do on a database that answers late. */
    static void printNodes(PrintStream out, int millis, List<Figures> all) {
        out.printf(
                "%n| each answer %d ms later, 64 in flight on each node | runs/s | of one | p50 ms | spread |%n| --- | ---: | ---: | ---: | ---: |%n",
                millis);
        double one = all.get(0).median(Round::rate);
        for (Figures figures : all) {
            double rate = figures.median(Round::rate);
            out.printf(
                    "| %s | %s | %s | %s | %.0f %% |%n",
                    figures.contender(),
                    number(rate / Work.STEPS),
                    number(rate / one),
                    number(figures.median(Round::p50) / 1e6),
                    100 * figures.spread(Round::rate));
        }
    }

    private static OptionalDouble rate(List<StoreFigures> all, String key, Shape shape) {
        return all.stream()
                .filter(figures -> figures.key().equals(key))
                .mapToDouble(figures -> figures.rounds().median(Round::rate) / shape.results())
                .findFirst();
    }

    private static String ratio(double rate, OptionalDouble other) {
        return other.isPresent() ? number(rate / other.getAsDouble()) : "";
    }

    /** Three digits that count. */
    private static String number(double value) {
        if (value >= 100) {
            return "%,.0f".formatted(value);
        }
        return value >= 10
                ? "%.1f".formatted(value)
                : value >= 1 ? "%.2f".formatted(value) : "%.3f".formatted(value);
    }
}
