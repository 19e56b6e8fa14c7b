package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import itests.process.storm.StormActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;

/** The distribution, with runs in flight, while what is around a plugin changes: strangers, the engine, all of the platform. */
public class PlatformChangesIT {
    private static final boolean LONG = Boolean.getBoolean("crash.long");
    private static final int RUNS = LONG ? 1000 : 100;
    private static final int ROUNDS = LONG ? 20 : 3;
    private static final long MILLIS = 300;
    private static final Set<String> STRANGERS =
            Set.of("storm.jdbc", "storm.jna", "storm.user", "orchestrator.tasks.http");

    @Rule public final KarafProcess karaf = new KarafProcess("platform-changes");

    @Test
    public void runsGoOn() throws Exception {
        HotSwap swap = new HotSwap(karaf, RUNS, MILLIS, what -> System.out.println("  " + what));
        swap.begin();

        strangersComeAndGo();
        assertEquals(STRANGERS, stopped());
        swap.awaitProgress();

        say("the engine alone is updated");
        Path engine = new NewRelease(karaf, "1.0.76").bundle("orchestrator.engine");
        karaf.client("bundle:update orchestrator.engine " + engine.toUri()).succeeded();
        assertEquals(Set.of("orchestrator.engine"), stopped());
        swap.awaitProgress();

        say("engine, store and API are updated together");
        Path features = new NewRelease(karaf, "1.0.77").features();
        karaf.client("feature:repo-add " + features.toUri()).succeeded();
        ClientCall.Outcome part = karaf.client("feature:install --upgrade orchestrator/1.0.77");
        assertNotEquals("a part of the platform alone", 0, part.exitCode());
        assertTrue(part.toString(), part.toString().contains("Singleton conflict"));
        swap.awaitProgress();
        stopped();
        karaf.client(
                        "feature:install --upgrade orchestrator/1.0.77 orchestrator-jdbc/1.0.77 orchestrator-shell/1.0.77")
                .succeeded();
        Set<String> stopped = stopped();
        Set<String> updated =
                Set.of(
                        "orchestrator.api",
                        "orchestrator.definitions",
                        "orchestrator.engine",
                        "orchestrator.shell",
                        "orchestrator.state.jdbc");
        assertTrue(stopped.toString(), stopped.containsAll(updated));
        swap.awaitProgress();
        assertEquals(updated, release("1.0.77"));

        LoadStatus end = swap.end();
        karaf.stop();
        assertEquals(end.toString(), 0, end.failed());
        assertEquals(end.toString(), end.accepted(), end.completed());
        SwapCheck check = new SwapCheck();
        check.check(karaf);
        System.out.printf(
                "%,d runs, 0 failed; the longest time without the end of a step %,d ms%n",
                end.completed(), check.longestPause().toMillis());
    }

    /** Features with bundles that nothing here needs, though a library here takes their packages if they are there. */
    private void strangersComeAndGo() throws IOException {
        String repository = strangers().toUri().toString();
        for (int round = 1; round <= ROUNDS; round++) {
            say("strangers come and go, %d of %d".formatted(round, ROUNDS));
            karaf.client(
                            "feature:repo-add " + repository,
                            "feature:install storm",
                            "feature:install orchestrator-tasks-http",
                            "bundle:refresh storm.jdbc storm.user",
                            "feature:uninstall storm",
                            "feature:uninstall orchestrator-tasks-http",
                            "feature:repo-remove " + repository)
                    .succeeded();
        }
    }

    private Path strangers() throws IOException {
        List<Path> bundles =
                List.of(
                        stranger("storm.jdbc", "", "org.osgi.service.jdbc;version=1.1"),
                        stranger("storm.jna", "", "com.sun.jna;version=5.0"),
                        stranger("storm.user", ",com.sun.jna", "storm.user"));
        return Files.writeString(
                karaf.folder().resolve("storm.xml"),
                """
                <features name="storm" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="storm" version="1.0.0">
                %s
                  </feature>
                </features>
                """
                        .formatted(
                                bundles.stream()
                                        .map(jar -> "    <bundle>" + jar.toUri() + "</bundle>")
                                        .collect(Collectors.joining("\n"))));
    }

    private Path stranger(String name, String imported, String exported) throws IOException {
        return PluginFile.write(
                karaf.folder(),
                name,
                "1.0.0",
                StormActivator.class,
                Map.of(
                        "Import-Package",
                        "org.osgi.framework" + imported,
                        "Export-Package",
                        exported));
    }

    /** What has stopped since it was asked last. */
    private Set<String> stopped() throws IOException {
        Path events = karaf.folder().resolve("events.log");
        Set<String> names =
                Files.readAllLines(events).stream()
                        .map(line -> line.split(" "))
                        .filter(words -> words[1].equals("stopped"))
                        .map(words -> words[0])
                        .collect(Collectors.toCollection(TreeSet::new));
        Files.writeString(events, "");
        return names;
    }

    /** The bundles that are active in that version. */
    private Set<String> release(String version) {
        return karaf.client("bundle:list -t 0 -s --no-format")
                .succeeded()
                .lines()
                .map(line -> line.split("\\t"))
                .filter(row -> row.length == 5 && row[1].strip().equals("Active"))
                .filter(row -> row[3].strip().equals(version))
                .map(row -> row[4].strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void say(String what) {
        System.out.println("  " + what);
    }
}
