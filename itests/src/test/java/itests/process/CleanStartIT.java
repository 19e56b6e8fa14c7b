package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** {@code karaf clean}, which throws away all that Karaf knows, and must not throw away runs. */
public class CleanStartIT {
    private static final int RUNS = 3;

    @Rule public final KarafProcess karaf = new KarafProcess("clean");

    private final Probe probe = new Probe(karaf);

    @Test
    public void runsGoOnOncePluginIsBack() throws Exception {
        karaf.start();
        probe.deployPlugin();
        probe.deployWorkflow();
        probe.awaitUsable();
        System.out.printf("First start, two files dropped: %d ms%n", karaf.age().toMillis());
        probe.hold();
        probe.start(RUNS);
        probe.release();
        probe.awaitBodies(RUNS * 10);
        karaf.killHard();

        Path trace = Files.writeString(karaf.home().resolve("data/trace"), "of the data folder");
        karaf.undeploy("probe-1.0.0.jar");
        probe.undeployWorkflow();
        karaf.start("clean");
        karaf.awaitReady();
        assertFalse("Expected the data folder to be wiped", Files.exists(trace));
        Patience.until(
                "the runs to wait for their task",
                () -> Set.copyOf(probe.runs("waiting")).equals(probe.accepted()),
                () -> probe.runs("queued,running,waiting"));

        probe.deployPlugin();
        probe.deployWorkflow();
        probe.awaitAllEnded();
        check();
        karaf.stop();
    }

    private void check() {
        List<RunJournal> journals = probe.journals();
        assertEquals(RUNS, journals.size());
        Map<String, List<ProbeLog.Begun>> begun =
                probe.begun().stream().collect(Collectors.groupingBy(ProbeLog.Begun::run));
        for (RunJournal journal : journals) {
            journal.check(begun.get(journal.run()), Probe.places(), Probe.parts());
        }
    }
}
