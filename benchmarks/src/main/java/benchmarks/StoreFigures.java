package benchmarks;

/** What was measured of one contender with one shape on a server. */
final class StoreFigures {
    private final String key;
    private final Figures rounds;
    private Demand demand;

    /**
     * What a run asks of the machine.
     *
     * @param commits transactions that wrote
     * @param transactions all of them
     * @param rows rows written
     * @param flushes syncs of the server's log
     * @param ownCpu CPU time of this process, in nanoseconds
     * @param serverCpu CPU time of the server, in nanoseconds
     */
    record Demand(
            double commits,
            double transactions,
            double rows,
            double flushes,
            double ownCpu,
            double serverCpu) {
        static Demand of(Counters added, long ownCpuNanos, int runs) {
            double n = runs;
            return new Demand(
                    added.commits() / n,
                    added.transactions() / n,
                    added.rows() / n,
                    added.flushes() / n,
                    ownCpuNanos / n,
                    added.cpuNanos() / n);
        }
    }

    StoreFigures(String key, String name) {
        this.key = key;
        this.rounds = new Figures(name);
    }

    /** The contender's short name. */
    String key() {
        return key;
    }

    /** The contender's name for people. */
    String name() {
        return rounds.contender();
    }

    Figures rounds() {
        return rounds;
    }

    void counted(Demand found) {
        demand = found;
    }

    Demand demand() {
        return demand;
    }
}
