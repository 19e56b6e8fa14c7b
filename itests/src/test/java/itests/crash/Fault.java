package itests.crash;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A kind of harm. When it returns, what it did to the network and to the server is mended; killed nodes may be dead. */
enum Fault {
    /** SIGKILL, and a new process some time later. */
    KILL {
        @Override
        String strike(Cluster cluster, Random random) {
            NodeProcess node = cluster.node(cluster.anyIndex());
            Wait.millis(random.nextInt(1000));
            node.kill();
            Wait.millis(random.nextInt(1500));
            if (random.nextBoolean()) {
                node.start();
            }
            return node.name();
        }
    },
    /** SIGSTOP for longer than the lease. */
    STOP {
        @Override
        String strike(Cluster cluster, Random random) {
            NodeProcess node = cluster.node(cluster.anyIndex());
            int entries = node.entries();
            Wait.millis(random.nextInt(1000));
            cluster.stopped().add(node.name());
            node.signal("STOP");
            Wait.millis(Cluster.LEASE.toMillis() + 1300 + random.nextInt(1000));
            node.signal("CONT");
            Wait.until(node.name() + " to enter again", () -> node.entries() > entries);
            return node.name();
        }
    },
    /** SIGTERM: the node says good-bye. */
    LEAVE {
        @Override
        String strike(Cluster cluster, Random random) {
            NodeProcess node = cluster.node(cluster.anyIndex());
            Wait.millis(random.nextInt(1000));
            node.terminate();
            return node.name();
        }
    },
    /** All connections are ended by the server, each second. */
    TERMINATE {
        @Override
        String strike(Cluster cluster, Random random) throws Exception {
            long ended = 0;
            for (int second = 0; second < 4; second++) {
                Wait.millis(1000);
                ended += cluster.server().terminateConnections();
            }
            return ended + " connections";
        }
    },
    /** Connections are reset after the request went through and before the answer came. */
    CUT {
        @Override
        String strike(Cluster cluster, Random random) {
            List<CutProxy> proxies = cluster.proxies();
            int before = proxies.stream().mapToInt(CutProxy::cuts).sum();
            for (int i = 0; i < 25; i++) {
                Wait.millis(20 + random.nextInt(150));
                cluster.proxy(cluster.anyIndex()).cutNext();
            }
            proxies.forEach(CutProxy::cutNoMore);
            return proxies.stream().mapToInt(CutProxy::cuts).sum() - before + " requests";
        }
    },
    /** What one node sends and gets is held for longer than its lease, and delivered after all. */
    HOLD {
        @Override
        String strike(Cluster cluster, Random random) {
            int one = cluster.anyIndex();
            Wait.millis(random.nextInt(1000));
            cluster.stopped().add(cluster.node(one).name());
            cluster.proxy(one).hold();
            Wait.millis(Cluster.LEASE.toMillis() + 1300 + random.nextInt(1000));
            cluster.proxy(one).release();
            return cluster.node(one).name();
        }
    },
    /** Nobody reaches the server for a while. */
    AWAY {
        @Override
        String strike(Cluster cluster, Random random) throws Exception {
            long millis = AWAY_MILLIS + random.nextInt(1000);
            for (CutProxy proxy : cluster.proxies()) {
                proxy.away();
            }
            Wait.millis(millis);
            for (CutProxy proxy : cluster.proxies()) {
                proxy.back();
            }
            return millis + " ms";
        }
    },
    /** All nodes are killed, and entries of runs that were in progress are damaged before they start again. */
    DAMAGE {
        @Override
        String strike(Cluster cluster, Random random) throws Exception {
            Wait.millis(1000 + random.nextInt(1000));
            for (int i = 0; i < cluster.size(); i++) {
                cluster.node(i).kill();
            }
            List<String> done = Damage.strike(cluster.server(), random, cluster.damaged());
            Map<String, String> children =
                    Damage.strikeChildren(cluster.server(), random, cluster.damaged(), 3);
            cluster.damaged().addAll(children.keySet());
            cluster.damagedChildren().putAll(children);
            return "%d runs, %d parts".formatted(done.size(), children.size());
        }
    },
    /** The server crashes and recovers. */
    CRASH {
        @Override
        String strike(Cluster cluster, Random random) throws Exception {
            Wait.millis(random.nextInt(2000));
            cluster.server().crash();
            Wait.millis(random.nextInt(1000));
            cluster.server().start();
            return "recovered";
        }
    };

    private static final long AWAY_MILLIS = Long.getLong("crash.away.millis", 3000);

    /**
     * Does it.
     *
     * @return to whom, or how much
     */
    abstract String strike(Cluster cluster, Random random) throws Exception;
}
