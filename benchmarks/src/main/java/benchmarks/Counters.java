package benchmarks;

/**
 * What a server has counted up to a moment.
 *
 * @param commits transactions that wrote, in the whole server
 * @param transactions transactions of one database, those that only read too
 * @param rows rows inserted, updated and deleted in one database
 * @param flushes how often its log was synced
 * @param cpuNanos CPU time of its processes
 */
record Counters(long commits, long transactions, long rows, long flushes, long cpuNanos) {
    static final String QUERY =
            "SELECT txid_snapshot_xmax(txid_current_snapshot()) AS commits,"
                    + " (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())"
                    + " AS transactions,"
                    + " (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)"
                    + " FROM pg_stat_user_tables) AS rows,"
                    + " (SELECT wal_sync FROM pg_stat_wal) AS flushes";

    /** What was added since an earlier moment. */
    Counters since(Counters earlier) {
        return new Counters(
                commits - earlier.commits,
                transactions - earlier.transactions,
                rows - earlier.rows,
                flushes - earlier.flushes,
                cpuNanos - earlier.cpuNanos);
    }
}
