package benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the engine on PostgreSQL beside the floor, the ceiling and the peers on the same server, and prints medians. */
public final class StoreBench {
    /** Whoever takes longer than this for a warm-up has one round, so that the whole ends in time. */
    private static final long SLOW_NANOS = 5_000_000_000L;

    private static final int ROUNDS_OF_SLOW = 1;

    private final Options options;
    private final PrintStream out;

    private StoreBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs what the options ask for. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new StoreBench(new Options(args), out).run();
    }

    private void run() throws Exception {
        Path folder =
                Files.createTempDirectory(Files.createDirectories(options.folder()), "stores");
        try (PostgresServer server = new PostgresServer(folder, options.server())) {
            StoreTable.printMachine(out, server.version());
            if (!options.shapes().isEmpty()) {
                throughput(server);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private void throughput(PostgresServer server) throws Exception {
        try (StoreField field = StoreField.open(server, options)) {
            for (StoreField.Entrant entrant : field.entrants()) {
                progress("long warm-up of " + entrant.contender().name());
                entrant.contender().work(Shape.steps(64), Meter.ofNanos(2 * options.warmUpNanos()));
            }
            for (Shape shape : options.shapes()) {
                List<StoreFigures> figures = measure(field, shape);
                StoreTable.print(out, shape, figures);
            }
        }
    }

    /** Warms each contender up, lets them work in turn, and counts at the end what each asks of the server. */
    private List<StoreFigures> measure(StoreField field, Shape shape) throws Exception {
        List<StoreFigures> figures = new ArrayList<>();
        int[] rounds = new int[field.entrants().size()];
        for (int i = 0; i < rounds.length; i++) {
            Contender contender = field.entrants().get(i).contender();
            progress(shape.name() + ": warm-up of " + contender.name());
            long start = System.nanoTime();
            contender.work(shape, Meter.ofNanos(options.warmUpNanos()));
            boolean slow = System.nanoTime() - start > SLOW_NANOS;
            rounds[i] = slow ? ROUNDS_OF_SLOW : options.rounds();
            figures.add(new StoreFigures(field.entrants().get(i).key(), contender.name()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            progress(shape.name() + ": round " + (round + 1) + " of " + options.rounds());
            for (int i = 0; i < rounds.length; i++) {
                if (round < rounds[i]) {
                    System.gc(); // what one left behind is not paid by the next
                    Contender contender = field.entrants().get(i).contender();
                    figures.get(i)
                            .rounds()
                            .add(Round.of(contender, shape, Meter.ofNanos(options.nanos())));
                }
            }
        }
        for (int i = 0; i < rounds.length; i++) {
            progress(shape.name() + ": what " + figures.get(i).name() + " asks of the server");
            figures.get(i).counted(field.count(field.entrants().get(i), shape, options.nanos()));
        }
        return figures;
    }

    private void progress(String what) {
        out.println("… " + what);
    }
}
