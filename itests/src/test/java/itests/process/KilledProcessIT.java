package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** The distribution, killed with SIGKILL again and again in the middle of its work, on the embedded database. */
public class KilledProcessIT {
    private static final int KILLS = Integer.getInteger("process.kills", 5);
    private static final int RUNS = 5;

    @Rule public final KarafProcess karaf = new KarafProcess("killed");

    private final Probe probe = new Probe(karaf);
    private final List<Instant> kills = new ArrayList<>();
    private final Random random = random();

    /**
     * Kills of three kinds take turns: new runs, killed somewhere in their course; recovered runs, killed again while or
     * after they are taken over; and while runs are being accepted.
     */
    @Test
    public void everyAcceptedRunGoesOnAndCompletes() throws Exception {
        probe.hold();
        karaf.start();
        probe.deployPlugin();
        probe.deployWorkflow();
        probe.awaitUsable();
        System.out.printf("Boot with two files dropped: %d ms%n", karaf.age().toMillis());
        for (int kill = 0; kill < KILLS; kill++) {
            switch (kill % 3) {
                case 0 -> {
                    probe.awaitUsable();
                    probe.start(RUNS);
                    probe.release();
                    killAfter(0.1 + 0.5 * random.nextDouble());
                }
                case 1 -> killAfter(0.7 * random.nextDouble());
                default -> {
                    probe.awaitUsable();
                    killWhileAccepting(1 + random.nextInt(2 * RUNS));
                }
            }
            boolean recoverOnly = kill % 3 == 0 || kill == KILLS - 1;
            if (recoverOnly) {
                probe.release();
            } else {
                probe.hold();
            }
            karaf.start();
        }
        probe.awaitAllEnded();
        check();
    }

    /** At a random moment, given as the share of the outstanding work that begins before it. */
    private void killAfter(double share) {
        int outstanding = probe.outstanding();
        int target = (int) (share * outstanding);
        probe.awaitBodies(probe.bodies() + target);
        LockSupport.parkNanos((long) (random.nextDouble() * 40_000_000L));
        karaf.killHard();
        killed("%s, at %d of %d outstanding bodies".formatted(karaf.age(), target, outstanding));
    }

    /** When so many runs have been acknowledged, of more that are asked for. */
    private void killWhileAccepting(int acknowledgements) {
        ClientCall client = probe.beginToStart(2 * RUNS + 1);
        Patience.until(
                acknowledgements + " runs to be acknowledged",
                () -> Probe.acknowledged(client.soFar()).size() >= acknowledgements,
                client::soFar);
        karaf.killHard();
        probe.accept(client.end().out());
        killed(acknowledgements + " acknowledgements");
    }

    private void killed(String when) {
        kills.add(Instant.now());
        System.out.printf(
                "Kill %d: after %s; %d runs accepted%n",
                kills.size(), when, probe.accepted().size());
    }

    private void check() {
        List<RunJournal> journals = probe.journals();
        assertEquals(probe.accepted().size(), journals.size());
        assertEquals(List.of(), probe.runs("failed,cancelled"));
        Map<String, List<ProbeLog.Begun>> begun =
                probe.begun().stream().collect(Collectors.groupingBy(ProbeLog.Begun::run));
        for (RunJournal journal : journals) {
            journal.check(begun.get(journal.run()), Probe.places(), Probe.parts());
        }
        List<RunJournal> parts = probe.partJournals();
        assertEquals((long) journals.size() * Probe.parts().size(), parts.size());
        for (RunJournal part : parts) {
            assertTrue(part.toString(), part.isPart());
            part.check(begun.get(part.run()), Probe.placesOfPart(), Set.of());
        }
        for (Instant kill : kills) {
            long inFlight = journals.stream().filter(journal -> journal.isInFlight(kill)).count();
            assertTrue("Expected several runs in flight at " + kill, inFlight > 1);
        }
        Instant last = journals.stream().map(RunJournal::ended).max(Instant::compareTo).get();
        System.out.printf(
                "%d runs with %d parts, %d bodies of which %d again, %d takeovers; from the last kill to the last completion %d ms%n",
                journals.size(),
                parts.size(),
                probe.bodies(),
                probe.bodies() - journals.size() * Probe.bodiesOfRun(),
                journals.stream().mapToLong(RunJournal::recoveries).sum(),
                Duration.between(kills.get(kills.size() - 1), last).toMillis());
    }

    private static Random random() {
        String given = System.getProperty("process.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.printf("Seed -Dprocess.seed=%d%n", seed);
        return new Random(seed);
    }
}
