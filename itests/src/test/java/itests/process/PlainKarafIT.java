package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.ClassRule;
import org.junit.Test;

/** The KAR dropped into an Apache Karaf as it is published, used, and removed again, without a network. */
public class PlainKarafIT {
    @ClassRule
    public static final KarafProcess KARAF =
            new KarafProcess("plain-karaf", Path.of(System.getProperty("plain.karaf")));

    private static final String KAR = "orchestrator.kar";
    private static final Path GUIDE = Path.of("../docs/custom-distributions.md");

    private final PlainKaraf plain = new PlainKaraf(KARAF);

    @Test
    public void theKarIsDroppedUsedAndRemovedLeavingItsSettingsAndTheStore() throws IOException {
        plain.prepare();
        KARAF.start();
        KARAF.awaitClient("bundle:list", "Apache Karaf to answer");
        PlainKaraf.Content before = plain.content();

        KARAF.deploy(Path.of(System.getProperty("kar")), KAR);
        useIt();
        PlainKaraf.Content brought = plain.content().without(before);
        assertTrue(brought.toString(), brought.toString().contains("orchestrator.engine"));
        assertFalse(brought.bundles().toString().contains("orchestrator.tasks"));
        KARAF.client("feature:install orchestrator-tasks").succeeded();
        String tasks = KARAF.client("task:list").succeeded();
        assertTrue(tasks, tasks.contains("http.request"));
        KARAF.client("feature:uninstall orchestrator-tasks").succeeded();

        KARAF.undeploy("probe-1.0.0.jar");
        KARAF.undeploy(KAR);
        Patience.until(
                "nothing of the KAR to be installed any more",
                () -> plain.content().without(before).features().isEmpty(),
                () -> plain.content().without(before));
        PlainKaraf.Content left = plain.content().without(before);
        assertEquals(Set.of(), left.bundles());
        assertEquals(Set.of(), left.repositories());
        left.files().forEach(file -> System.out.println("The removed KAR leaves " + file));
        assertEquals(toldInTheGuide(), left.files());
        assertEquals("nothing may be fetched", Set.of(), plain.fetched());
    }

    private void useIt() throws IOException {
        Probe probe = new Probe(KARAF);
        Patience.until(
                "the commands of the KAR",
                () -> KARAF.client("workflow:list").exitCode() == 0,
                KARAF::endOfLog);
        System.out.printf(
                "Plain Karaf: engine answers %d ms after start%n", KARAF.age().toMillis());
        probe.deployPlugin();
        probe.deployWorkflow();
        probe.awaitUsable();
        String out = KARAF.client(probe.command() + " --wait").succeeded();
        assertTrue(out, out.contains(" COMPLETED in "));
        probe.undeployWorkflow();
    }

    /** The files that the guide lists as left, one a line in its block that begins with the first of them. */
    private static Set<String> toldInTheGuide() throws IOException {
        String page = Files.readString(GUIDE);
        int begin = page.indexOf("```\netc/");
        return page.substring(begin + 4, page.indexOf("```", begin + 4))
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
