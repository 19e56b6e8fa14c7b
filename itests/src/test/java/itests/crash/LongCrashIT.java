package itests.crash;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import org.junit.Before;
import org.junit.Test;

/** Harm that takes its time: a store that is away for half a minute, and disks that are full. */
public class LongCrashIT {
    private static final long AWAY_MILLIS = 30_000;
    private static final long FULL_MILLIS = 10_000;

    private final Ledger ledger = new Ledger();
    private final Random random = new Random(1);
    private final Path folder = Path.of("target", "long-crash").toAbsolutePath();

    private interface Harm {
        void strike(Server server) throws Exception;
    }

    @Before
    public void begin() throws Exception {
        assumeTrue("Left out: it takes minutes (make test-long)", Boolean.getBoolean("crash.long"));
        CrashIT.delete(folder);
        Files.createDirectories(folder);
    }

    @Test
    public void nothingIsLostWhenTheServerIsAwayForHalfAMinute() throws Exception {
        onPostgres(
                folder.resolve("postgresql"),
                server -> {
                    server.stop();
                    Wait.millis(AWAY_MILLIS);
                    server.start();
                });
    }

    @Test
    public void nothingIsLostWhenTheServersDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 160)) {
            onPostgres(
                    disk.folder().resolve("postgresql"),
                    server -> {
                        disk.fill();
                        Wait.millis(FULL_MILLIS);
                        disk.free();
                        server.revive();
                    });
        }
    }

    private void onPostgres(Path data, Harm harm) throws Exception {
        try (Server server = new Server(data);
                Cluster cluster = new Cluster(server, 2, ledger, folder, random)) {
            cluster.awaitAll();
            try (JdbcStateBackend store =
                    PostgresStore.open(new PostgresSettings(server.url(), "postgres", null, 4))) {
                Checker checker = new Checker(store);
                AtomicBoolean striking = new AtomicBoolean(true);
                Thread client = new Thread(() -> work(cluster, striking), "client");
                client.start();
                Wait.millis(1000);
                harm.strike(server);
                Wait.millis(1000);
                striking.set(false);
                client.join();
                Wait.until("every start to be answered", ledger::isAnswered);
                Wait.until(
                        "all runs to end",
                        () -> checker.all().stream().allMatch(s -> s.status().isFinal()));
                told(checker.check(ledger, cluster, folder));
            }
        }
    }

    private static void work(Cluster cluster, AtomicBoolean goOn) {
        while (goOn.get()) {
            cluster.start();
            Wait.millis(50);
        }
    }

    @Test
    public void nothingIsLostWhenTheDiskOfTheEmbeddedDatabaseIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 16)) {
            Path store = Files.createDirectories(disk.folder().resolve("store"));
            try (NodeProcess node =
                    new NodeProcess(
                            "node-1", store.toString(), Cluster.LEASE, folder, ledger::hear)) {
                node.start();
                node.awaitReady();
                start(node, 20);
                Wait.until("a start to be acknowledged", () -> !ledger.accepted().isEmpty());
                disk.fill();
                start(node, 200);
                Wait.millis(FULL_MILLIS);
                disk.free();
                start(node, 20);
                Wait.until("every start to be answered", ledger::isAnswered);
                Wait.until("all runs to end", () -> isIdle(node));
                node.terminate();
            }
            try (JdbcStateBackend opened = SqliteStore.open(store, 2, Clock.systemUTC())) {
                told(new Checker(opened).check(ledger, Set.of(), folder));
            }
        }
    }

    private void start(NodeProcess node, int runs) {
        for (int i = 0; i < runs; i++) {
            node.say("start fan " + ledger.ask(node.process()));
        }
    }

    private boolean isIdle(NodeProcess node) {
        ledger.forgetCount();
        node.say("count");
        Wait.until("an answer", () -> ledger.unended() >= 0);
        return ledger.unended() == 0;
    }

    private void told(List<String> losses) {
        System.out.printf(
                "%d runs accepted, %d starts refused, %d losses%n",
                ledger.accepted().size(), ledger.refused().size(), losses.size());
        assertEquals(List.of(), losses);
    }
}
