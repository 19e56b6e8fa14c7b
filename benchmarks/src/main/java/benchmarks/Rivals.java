package benchmarks;

import java.util.ServiceLoader;

/** The engine and its peers, by their short names. */
final class Rivals {
    /** The engine's. */
    static final String ENGINE = "engine";

    private Rivals() {}

    /** Opens one; only the engine has more than one node, and a limit to the runs that it has in memory. */
    static Contender open(String name, String url, String node, int runs, Body body)
            throws Exception {
        return name.equals(ENGINE)
                ? PostgresEngine.open("PostgreSQL", url, node, PostgresEngine.WRITERS, runs, body)
                : peer(name).open(url, body);
    }

    /** A query for the number of runs that have not ended. */
    static String unfinished(String name) {
        return name.equals(ENGINE)
                ? "SELECT count(*) FROM orc_run WHERE finished = 0"
                : peer(name).unfinished();
    }

    /** A query for a number that grows with each step that is done. */
    static String progress(String name) {
        return name.equals(ENGINE)
                ? "SELECT coalesce(sum(entries), 0) FROM orc_entry"
                : peer(name).progress();
    }

    private static Peer peer(String name) {
        for (Peer peer : ServiceLoader.load(Peer.class)) {
            if (peer.name().equals(name)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("Expected the engine or a peer, but found " + name);
    }
}
