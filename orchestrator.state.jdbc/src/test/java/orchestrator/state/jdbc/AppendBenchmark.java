package orchestrator.state.jdbc;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import orchestrator.state.jdbc.sqlite.SqliteStore;
import orchestrator.testkit.Runs;

/**
 * Appends of one entry of 200 bytes to many runs at once, as fast as the backend takes them. Arguments: a directory or a
 * PostgreSQL url, the runs of a batch, and seconds. Two seconds of warming up come first.
 */
public final class AppendBenchmark {
    private static final int BODY = 200;

    private AppendBenchmark() {}

    /** Prints entries and batches a second. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        int runs = Integer.parseInt(args[1]);
        long seconds = Long.parseLong(args[2]);
        try (JdbcStateBackend backend = open(args[0])) {
            NodeLease node = backend.enter("benchmark", Duration.ofHours(1));
            String prefix = Long.toString(node.incarnation()) + "-" + runs + "-";
            List<NewRun> created = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                created.add(Runs.run(prefix + run, node.storeTime()).owned());
            }
            backend.create(node, created);
            Series series = new Series(backend, node, prefix, runs);
            series.during(2);
            long batches = series.during(seconds);
            out.printf(
                    "%d runs a batch: %.0f entries/s, %.0f batches/s%n",
                    runs, (double) batches * runs / seconds, (double) batches / seconds);
        }
    }

    private static JdbcStateBackend open(String where) {
        return where.startsWith("jdbc:")
                ? PostgresStore.open(new PostgresSettings(where, null, null, 4))
                : SqliteStore.open(Path.of(where), 2, Clock.systemUTC());
    }

    private static final class Series {
        private final JdbcStateBackend backend;
        private final NodeLease node;
        private final String prefix;
        private final int runs;
        private final byte[] body = new byte[BODY];
        private long last = 2;

        Series(JdbcStateBackend backend, NodeLease node, String prefix, int runs) {
            this.backend = backend;
            this.node = node;
            this.prefix = prefix;
            this.runs = runs;
            new Random(1).nextBytes(body);
        }

        long during(long seconds) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            long batches = 0;
            while (System.nanoTime() < end) {
                append(node.storeTime());
                batches++;
            }
            return batches;
        }

        private void append(Instant at) {
            List<Append> appends = new ArrayList<>();
            Entry entry = Entry.of(last + 1, "AttemptSucceeded", 1, at, body);
            for (int run = 0; run < runs; run++) {
                appends.add(
                        new Append(
                                prefix + run,
                                1,
                                "append-" + last,
                                List.of(entry),
                                last,
                                List.of(),
                                0,
                                null,
                                false));
            }
            for (AppendOutcome outcome : backend.append(node, appends)) {
                if (outcome != AppendOutcome.APPENDED) {
                    throw new AssertionError("Expected APPENDED, but found " + outcome);
                }
            }
            last++;
        }
    }
}
