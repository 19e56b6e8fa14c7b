package itests.crash;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Nodes in processes of their own on one PostgreSQL, while harm is done to them, to the network and to the server at
 * random moments. After each round everything in the store is looked at.
 *
 * <p>{@code crash.rounds} says how many rounds, {@code crash.seed} repeats the harm of an earlier try.
 */
public class CrashIT {
    private static final List<Fault> KINDS = kinds();
    private static final int ROUNDS = Integer.getInteger("crash.rounds", KINDS.size());
    private static final int NODES = 3;

    private final long seed = seed();
    private final Random random = new Random(seed);
    private final Ledger ledger = new Ledger();
    private final List<String> losses = new ArrayList<>();
    private Path folder;
    private Server server;
    private Cluster cluster;
    private JdbcStateBackend store;
    private Checker checker;
    private int faults;

    private static List<Fault> kinds() {
        String given = System.getProperty("crash.faults", "");
        return given.isEmpty()
                ? List.of(
                        Fault.KILL,
                        Fault.STOP,
                        Fault.CUT,
                        Fault.TERMINATE,
                        Fault.HOLD,
                        Fault.LEAVE,
                        Fault.AWAY,
                        Fault.CRASH,
                        Fault.DAMAGE)
                : Stream.of(given.split(",")).map(Fault::valueOf).toList();
    }

    private static long seed() {
        String given = System.getProperty("crash.seed", "");
        return given.isEmpty() ? System.nanoTime() & 0xffffff : Long.parseLong(given);
    }

    @Before
    public void open() throws IOException {
        folder = Path.of("target", "crash").toAbsolutePath();
        delete(folder);
        Files.createDirectories(folder);
        server = new Server(folder.resolve("postgresql"));
        cluster = new Cluster(server, NODES, ledger, folder, new Random(random.nextLong()));
        cluster.awaitAll();
        open(server);
    }

    private void open(Server running) {
        store = PostgresStore.open(new PostgresSettings(running.url(), "postgres", null, 4));
        checker = new Checker(store);
    }

    @After
    public void close() throws IOException {
        cluster.close();
        store.close();
        server.close();
    }

    @Test
    public void nothingIsLost() throws Exception {
        System.out.printf("Crash test with seed %d (crash.seed=%d repeats it)%n", seed, seed);
        for (int round = 1; round <= ROUNDS; round++) {
            Fault fault =
                    ROUNDS <= KINDS.size()
                            ? KINDS.get(round - 1)
                            : KINDS.get(random.nextInt(KINDS.size()));
            round(round, fault);
        }
        System.out.printf(
                "Crash test: %d rounds, %d runs, %d faults, %d losses, seed %d%n",
                ROUNDS, checker.all().size(), faults, losses.size(), seed);
        assertEquals("losses with seed " + seed, List.of(), losses);
    }

    private void round(int round, Fault fault) throws Exception {
        long began = System.nanoTime();
        int before = ledger.accepted().size();
        int refused = ledger.refused().size();
        cluster.awaitAll();
        cluster.stopped().clear();
        AtomicBoolean striking = new AtomicBoolean(true);
        Thread client = new Thread(() -> work(striking), "client");
        client.start();
        String what = fault.strike(cluster, random);
        faults++;
        striking.set(false);
        client.join();
        cluster.awaitAll();
        Wait.until("every start to be answered", ledger::isAnswered);
        List<String> found = new ArrayList<>(new DamagedParts(cluster, ledger, store).mend());
        awaitAllEnded();
        found.addAll(checker.check(ledger, cluster, folder));
        losses.addAll(found);
        System.out.printf(
                Locale.ROOT,
                "Round %2d: %-9s of %-16s %4d runs accepted, %3d starts refused, %d losses, %.1f s%n",
                round,
                fault,
                what,
                ledger.accepted().size() - before,
                ledger.refused().size() - refused,
                found.size(),
                (System.nanoTime() - began) / 1e9);
        found.forEach(loss -> System.out.println("    " + loss));
    }

    /** Runs are started and steered all the while, through nodes that may just be dying. */
    private void work(AtomicBoolean goOn) {
        do {
            for (int i = 0; i < 4; i++) {
                cluster.start();
            }
            cluster.steer();
            Wait.millis(100);
        } while (goOn.get());
    }

    private void awaitAllEnded() {
        Map<String, Long> resumed = new HashMap<>();
        Wait.until(
                () ->
                        "all runs to end, but these have not: "
                                + Story.of(unended(), cluster, folder),
                () -> {
                    List<RunSummary> open = unended();
                    for (RunSummary s : open) {
                        if (s.status() == RunStatus.PAUSED && isTime(resumed, s.id())) {
                            cluster.say("resume " + s.id());
                        }
                    }
                    return open.isEmpty();
                });
    }

    private List<RunSummary> unended() {
        return checker.all().stream()
                .filter(s -> !s.status().isFinal())
                .filter(s -> !isQuarantined(s))
                .toList();
    }

    private boolean isQuarantined(RunSummary s) {
        return cluster.damaged().contains(s.id())
                && s.reason() != null
                && s.reason().code().equals("quarantined");
    }

    /** A command that a node was told as it died may be lost: nobody heard that it was taken. */
    private static boolean isTime(Map<String, Long> resumed, String run) {
        long now = System.nanoTime();
        Long last = resumed.get(run);
        boolean isTime = last == null || now - last > 2_000_000_000L;
        if (isTime) {
            resumed.put(run, now);
        }
        return isTime;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
