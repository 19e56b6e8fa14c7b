package itests.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Several Karafs of the distribution on one PostgreSQL of the tests' packages, for a look: {@code make cluster}. Argument:
 * how many. All of it ends with this process.
 */
public final class ShowCluster {
    private final PrintStream out = System.out;
    private final Path folder = Path.of("target", "process", "cluster").toAbsolutePath();
    private final List<KarafProcess> karafs = new ArrayList<>();
    private ClusterStore store;

    private ShowCluster() {}

    /** Runs until it is interrupted. */
    public static void main(String[] args) throws Exception {
        int nodes = Integer.parseInt(args[0]);
        if (nodes < 1 || nodes > 9) {
            throw new IllegalArgumentException("Expected NODES from 1 to 9, but found " + nodes);
        }
        ShowCluster cluster = new ShowCluster();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop, "stop"));
        cluster.start(nodes);
        new CountDownLatch(1).await();
    }

    private void start(int nodes) throws Exception {
        KarafProcess.delete(folder);
        Files.createDirectories(folder);
        store = new ClusterStore(folder.resolve("postgresql"));
        out.printf("PostgreSQL: %s (user postgres)%n", store.url());
        for (int i = 1; i <= nodes; i++) {
            KarafProcess karaf = new KarafProcess("cluster/node-" + i);
            karafs.add(karaf);
            karaf.unpack();
            karaf.join(store.url(), "node-" + i, Duration.ofSeconds(10));
            karaf.start();
        }
        for (KarafProcess karaf : karafs) {
            karaf.awaitReady();
            out.printf(
                    "%s: console %s/bin/client, SSH port %d, log %s%n",
                    karaf.folder().getFileName(),
                    karaf.home(),
                    karaf.port(),
                    karaf.home().resolve("data/log/karaf.log"));
        }
        out.printf(
                "%d nodes on one store. Plugins and workflow files go into deploy/ of each node. Ctrl-C stops all.%n",
                nodes);
    }

    /** SIGTERM to all at once: each hands its runs over, and the last leaves them for the next start. */
    private void stop() {
        out.println("Stopping …");
        try {
            karafs.parallelStream().forEach(KarafProcess::stopOrKill);
            if (store != null) {
                store.close();
            }
        } catch (IOException e) {
            out.println("PostgreSQL was not stopped: " + e.getMessage());
        }
    }
}
