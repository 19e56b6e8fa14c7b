package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Three Karafs of the distribution on one PostgreSQL, killed and stopped in the middle of their work. */
public class KilledClusterIT {
    private static final int KILLS = 6;
    private static final int RUNS = 3;

    private final List<KarafProcess> karafs = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private final Random random = random();
    private ClusterStore store;

    @Before
    public void unpack() throws Exception {
        assumeTrue("Left out: it takes minutes (make test-long)", Boolean.getBoolean("crash.long"));
        Path folder = Path.of("target", "process", "killed-cluster").toAbsolutePath();
        KarafProcess.delete(folder);
        Files.createDirectories(folder);
        store = new ClusterStore(folder.resolve("postgresql"));
    }

    private void start(int nodes, Duration lease) throws Exception {
        for (int i = 1; i <= nodes; i++) {
            KarafProcess karaf = new KarafProcess("killed-cluster/node-" + i);
            karafs.add(karaf);
            probes.add(new Probe(karaf));
            karaf.unpack();
            karaf.join(store.url(), "node-" + i, lease);
            karaf.start();
        }
        for (Probe probe : probes) {
            probe.deployPlugin();
            probe.deployWorkflow();
        }
        for (Probe probe : probes) {
            probe.awaitUsable();
        }
    }

    @After
    public void stop() throws Exception {
        karafs.parallelStream().forEach(KarafProcess::killHard);
        if (store != null) {
            store.close();
        }
    }

    @Test
    public void everyAcceptedRunGoesOnAndCompletes() throws Exception {
        start(3, Duration.ofSeconds(5));
        for (int kill = 1; kill <= KILLS; kill++) {
            Probe probe = probes.get(random.nextInt(probes.size()));
            probe.start(RUNS);
            int victim = random.nextInt(karafs.size());
            int target = (int) (random.nextDouble() * 0.7 * probe.outstanding());
            probe.awaitBodies(probe.bodies() + target);
            LockSupport.parkNanos((long) (random.nextDouble() * 40_000_000L));
            karafs.get(victim).killHard();
            System.out.printf("Kill %d: node-%d, after %d bodies%n", kill, victim + 1, target);
            if (random.nextBoolean()) { // the others go on without it
                Patience.until(
                        "the others to do the work",
                        () -> probe.outstanding() == 0,
                        probe::outstanding);
            }
            karafs.get(victim).start();
            probes.get(victim).awaitUsable();
        }
        check();
    }

    /** With a lease that no test could wait for. */
    @Test
    public void aKarafThatIsStoppedHandsItsRunsOver() throws Exception {
        start(2, Duration.ofHours(1));
        Probe probe = probes.get(0);
        probe.hold();
        probe.start(RUNS);
        probe.awaitBodies(RUNS);
        karafs.get(0).stop();
        probe.release();
        Patience.until(
                "the other to do the work", () -> probe.outstanding() == 0, probe::outstanding);
        karafs.get(0).start();
        probe.awaitUsable();
        check();
    }

    private void check() {
        long runs = 0;
        long recoveries = 0;
        for (Probe probe : probes) {
            probe.awaitAllEnded();
            if (probe.accepted().isEmpty()) {
                continue;
            }
            List<RunJournal> journals = probe.journals();
            assertEquals(probe.accepted().size(), journals.size());
            assertEquals(List.of(), probe.runs("failed,cancelled"));
            for (RunJournal journal : journals) {
                journal.check(begun().get(journal.run()), Probe.places(), Probe.parts());
                recoveries += journal.recoveries();
            }
            runs += journals.size();
        }
        List<RunJournal> parts = probes.get(0).partJournals(); // of all: they share the store
        assertEquals(runs * Probe.parts().size(), parts.size());
        for (RunJournal part : parts) {
            part.check(begun().get(part.run()), Probe.placesOfPart(), Set.of());
            recoveries += part.recoveries();
        }
        System.out.printf(
                "%d runs with %d parts, %d takeovers, nothing lost%n",
                runs, parts.size(), recoveries);
        assertTrue("Expected takeovers", recoveries > 0);
    }

    private Map<String, List<ProbeLog.Begun>> begun() {
        return probes.stream()
                .flatMap(probe -> probe.begun().stream())
                .collect(Collectors.groupingBy(ProbeLog.Begun::run));
    }

    private static Random random() {
        String given = System.getProperty("process.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.printf("Seed -Dprocess.seed=%d%n", seed);
        return new Random(seed);
    }
}
