package itests.process;

import itests.process.load.LoadActivator;
import itests.process.swap.SwapActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Many runs in flight through the task of one plugin, whose file in {@code deploy/} is updated again and again, removed for
 * a while, put back, and replaced by its first version.
 */
final class HotSwap {
    private static final Duration ABSENCE = Duration.ofSeconds(10);
    private static final String FILE = "swap.jar";
    private static final String DEFINITION =
            """
            workflow: swap
            input:
              required: [n, millis]
              properties:
                n: { type: integer }
                millis: { type: integer }
            steps:
              first: { task: swap.work, input: { n: "${input.n}", millis: "${input.millis}" } }
              second: { after: first, task: swap.work, input: { n: "${input.n}", millis: "${input.millis}" } }
              last: { after: second, task: swap.work, input: { n: "${input.n}", millis: "${input.millis}" } }
            """;

    private final KarafProcess karaf;
    private final int runs;
    private final long millis;
    private final Consumer<String> announce;

    /**
     * @param runs how many are in flight at any time
     * @param millis how long the body of a task takes, as a rule
     * @param announce is told what happens now
     */
    HotSwap(KarafProcess karaf, int runs, long millis, Consumer<String> announce) {
        this.karaf = karaf;
        this.runs = runs;
        this.millis = millis;
        this.announce = announce;
    }

    LoadStatus status() {
        return LoadStatus.read(karaf.folder());
    }

    /** Starts Karaf, and returns when all runs are in flight and some have ended. */
    void begin() throws IOException {
        karaf.configure(
                "orchestrator.engine",
                "max.concurrent.workflows = %d%nmax.concurrent.tasks = %d%n"
                        .formatted(2 * runs, runs));
        announce.accept(
                "Karaf starts; a plugin, its workflow and the load are dropped into deploy/");
        karaf.start();
        karaf.deploy("swap.workflow.yaml", DEFINITION);
        deploy("1.0.0");
        karaf.deploy(
                PluginFile.write(
                        karaf.folder(),
                        "load",
                        "1.0.0",
                        LoadActivator.class,
                        Map.of(
                                "Import-Package",
                                "org.osgi.framework,org.osgi.util.tracker"
                                        + ",orchestrator.api.run;version=\"[1,2)\"",
                                "Load-Folder",
                                karaf.folder().toString(),
                                "Load-Runs",
                                Integer.toString(runs),
                                "Load-Millis",
                                Long.toString(millis),
                                "Load-Watch",
                                "swap")));
        until(runs + " runs in flight", () -> status().accepted() >= runs);
        awaitResults("1.0.0", 0);
    }

    /** Returns when as many runs as are in flight have ended since. */
    void awaitProgress() {
        long before = status().completed();
        until("runs to go on", () -> status().completed() > before + runs);
    }

    /** Updates the plugin, one version after the other. */
    void update(int times) throws IOException {
        for (int i = 1; i <= times; i++) {
            announce.accept("update %d of %d, to 1.%d.0".formatted(i, times, i));
            replace("1." + i + ".0");
        }
    }

    /** Removes the plugin; every run waits until it is put back. */
    void removeAndPutBack(String version) throws IOException {
        int stops = status().stops();
        announce.accept("the plugin is removed");
        karaf.undeploy(FILE);
        until("the plugin to be stopped", () -> status().stops() > stops);
        LoadStatus gone = status();
        until(
                "the absence to pass",
                () -> status().at() > gone.at() + ABSENCE.toMillis() && status().flight() == runs);
        announce.accept("the plugin is put back as " + version);
        replace(version);
    }

    void downgrade() throws IOException {
        announce.accept("the plugin is replaced by its first version, 1.0.0");
        replace("1.0.0");
    }

    /** Starts no more, and returns when all has ended. */
    LoadStatus end() throws IOException {
        announce.accept("no more runs are started");
        Files.writeString(karaf.folder().resolve("stop"), "");
        until("all runs to have ended", () -> status().finished());
        return status();
    }

    /** Returns when runs have ended with results of the version that was put in place. */
    private void replace(String version) throws IOException {
        long before = status().of(version);
        deploy(version);
        awaitResults(version, before);
    }

    private void deploy(String version) throws IOException {
        Path jar = PluginFile.write(karaf.folder(), "swap", version, SwapActivator.class);
        karaf.deploy(
                Files.move(jar, karaf.folder().resolve(FILE), StandardCopyOption.REPLACE_EXISTING));
    }

    private void awaitResults(String version, long before) {
        until("results of " + version, () -> status().of(version) > before + runs / 10);
    }

    private void until(String what, BooleanSupplier condition) {
        Patience.until(what, condition, () -> status() + "\n" + karaf.endOfLog());
    }
}
