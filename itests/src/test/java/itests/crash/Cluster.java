package itests.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Some nodes on one server, each with a network of its own to it. */
final class Cluster implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(2);

    private final Server server;
    private final Ledger ledger;
    private final Random random;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<CutProxy> proxies = new ArrayList<>();
    private final Set<String> damaged = new HashSet<>();
    private final Map<String, String> damagedChildren = new HashMap<>();
    private final Set<String> givenUp = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();

    Cluster(Server server, int size, Ledger ledger, Path folder, Random random) throws IOException {
        this.server = server;
        this.ledger = ledger;
        this.random = random;
        for (int i = 0; i < size; i++) {
            CutProxy proxy = new CutProxy(server.port());
            proxies.add(proxy);
            nodes.add(
                    new NodeProcess(
                            "node-" + (i + 1),
                            Server.url(proxy.port()),
                            LEASE,
                            folder,
                            ledger::hear));
        }
    }

    Server server() {
        return server;
    }

    /** The runs whose entries were damaged. */
    Set<String> damaged() {
        return damaged;
    }

    /** Damaged runs for which others wait, with those. */
    Map<String, String> damagedChildren() {
        return damagedChildren;
    }

    /** Damaged runs that an operator has ended. */
    Set<String> givenUp() {
        return givenUp;
    }

    /** The nodes that stood still or were cut off in this round, and went on. */
    Set<String> stopped() {
        return stopped;
    }

    int size() {
        return nodes.size();
    }

    NodeProcess node(int index) {
        return nodes.get(index);
    }

    CutProxy proxy(int index) {
        return proxies.get(index);
    }

    List<CutProxy> proxies() {
        return proxies;
    }

    int anyIndex() {
        return random.nextInt(nodes.size());
    }

    /** Starts those that do not run, and waits until all have entered their store. */
    void awaitAll() {
        nodes.stream().filter(node -> !node.isAlive()).forEach(NodeProcess::start);
        nodes.forEach(NodeProcess::awaitReady);
    }

    /** Asks any node to start a run. */
    void start() {
        NodeProcess node = nodes.get(anyIndex());
        String workflow = Workload.WORKFLOWS.get(random.nextInt(Workload.WORKFLOWS.size()));
        if (node.isAlive()) {
            node.say("start " + workflow + " " + ledger.ask(node.process()));
        }
    }

    /** Says a command about any run to any node. */
    void steer() {
        List<String> runs = ledger.acceptedRuns();
        if (!runs.isEmpty()) {
            String run = runs.get(runs.size() - 1 - random.nextInt(Math.min(runs.size(), 20)));
            int kind = random.nextInt(10);
            if (kind == 0) {
                ledger.cancelling(run);
            }
            say((kind == 0 ? "cancel " : kind < 6 ? "pause " : "resume ") + run);
        }
    }

    /** Says it to any node that lives. */
    void say(String command) {
        NodeProcess node = nodes.get(anyIndex());
        if (node.isAlive()) {
            node.say(command);
        }
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(NodeProcess::close);
        for (CutProxy proxy : proxies) {
            proxy.close();
        }
    }
}
