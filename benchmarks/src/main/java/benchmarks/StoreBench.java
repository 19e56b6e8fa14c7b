package benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Measures the engine on PostgreSQL beside the floor, the ceiling and the peers on the same server, and prints medians. */
public final class StoreBench {
    /** Whoever takes longer than this for a warm-up has one round, so that the whole ends in time. */
    private static final long SLOW_NANOS = 5_000_000_000L;

    private static final int ROUNDS_OF_SLOW = 1;

    /** Each of their runs in flight takes a thread. */
    private static final int MOST_RUNS_OF_PEERS = 2_000;

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
            if (options.recovery() > 0) {
                recovery(server);
            }
            if (options.latency() > 0) {
                nodes(server);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private void throughput(PostgresServer server) throws Exception {
        progress("the server is made one that has been in use");
        server.use();
        try (StoreField field = StoreField.open(server, options)) {
            for (StoreField.Entrant entrant : field.entrants()) {
                progress("long warm-up of " + entrant.contender().name());
                entrant.contender().work(Shape.steps(64), Meter.ofNanos(options.longWarmUpNanos()));
            }
            for (Shape shape : options.shapes()) {
                List<StoreFigures> figures = measure(field, shape);
                StoreTable.print(out, shape, figures);
            }
        }
    }

    private void recovery(PostgresServer server) throws Exception {
        Recovery recovery = new Recovery(server, out);
        List<String> names = new ArrayList<>();
        names.add(Rivals.ENGINE);
        if (options.recovery() <= MOST_RUNS_OF_PEERS) {
            ServiceLoader.load(Peer.class).forEach(peer -> names.add(peer.name()));
        }
        Recovery.printHead(out, options.recovery());
        for (String name : names) {
            if (options.only().isEmpty() || options.only().contains(name)) {
                recovery.measure(name, options.recovery());
            }
        }
    }

    /** One node and two on a database that is slow to answer. */
    private void nodes(PostgresServer server) throws Exception {
        try (DelayProxy slow = new DelayProxy(server.port(), options.latency() * 1_000_000L);
                Nodes one = new Nodes(slow.of(server.newDatabase("one_node")), 1);
                Nodes two = new Nodes(slow.of(server.newDatabase("two_nodes")), 2)) {
            StoreTable.printNodes(
                    out, options.latency(), measure(List.of(one, two), Shape.steps(64)));
        }
    }

    /** Warms each contender up, and lets them work in turn. */
    private List<Figures> measure(List<Nodes> contenders, Shape shape) throws Exception {
        List<Figures> all = new ArrayList<>();
        for (Nodes contender : contenders) {
            progress(contender.name() + " on a slow database: warm-up");
            contender.work(shape, Meter.ofNanos(options.warmUpNanos()));
            all.add(new Figures(contender.name()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (int i = 0; i < all.size(); i++) {
                all.get(i).add(Round.of(contenders.get(i), shape, Meter.ofNanos(options.nanos())));
            }
        }
        return all;
    }

    /** Warms each contender up, lets them work in turn, and counts at the end what each asks of the server. */
    private List<StoreFigures> measure(StoreField field, Shape shape) throws Exception {
        List<StoreField.Entrant> entrants =
                field.entrants().stream().filter(e -> e.contender().takesPart(shape)).toList();
        List<StoreFigures> figures = new ArrayList<>();
        int[] rounds = new int[entrants.size()];
        for (int i = 0; i < rounds.length; i++) {
            Contender contender = entrants.get(i).contender();
            progress(shape.name() + ": warm-up of " + contender.name());
            long start = System.nanoTime();
            contender.work(shape, Meter.ofNanos(options.warmUpNanos()));
            boolean slow = System.nanoTime() - start > SLOW_NANOS;
            rounds[i] = slow ? ROUNDS_OF_SLOW : options.rounds();
            figures.add(new StoreFigures(entrants.get(i).key(), contender.name()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            progress(shape.name() + ": round " + (round + 1) + " of " + options.rounds());
            for (int i = 0; i < rounds.length; i++) {
                if (round < rounds[i]) {
                    System.gc(); // what one left behind is not paid by the next
                    Contender contender = entrants.get(i).contender();
                    figures.get(i)
                            .rounds()
                            .add(Round.of(contender, shape, Meter.ofNanos(options.nanos())));
                }
            }
        }
        for (int i = 0; i < rounds.length; i++) {
            progress(shape.name() + ": what " + figures.get(i).name() + " asks of the server");
            figures.get(i).counted(field.count(entrants.get(i), shape, options.nanos()));
        }
        return figures;
    }

    private void progress(String what) {
        out.println("… " + what);
    }
}
