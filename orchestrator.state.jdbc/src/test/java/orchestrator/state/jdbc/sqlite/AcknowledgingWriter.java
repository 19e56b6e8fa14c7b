package orchestrator.state.jdbc.sqlite;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.NodeLease;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;

/**
 * A process that appends to the real backend and says so: after each batch a line with the journals' last sequence.
 * Arguments: the store's directory, and the number of batches.
 */
public final class AcknowledgingWriter {
    static final int RUNS = 64;

    private AcknowledgingWriter() {}

    /** Appends until it has made its batches or is killed. */
    public static void main(String[] args) {
        PrintStream out = System.out;
        try (JdbcStateBackend backend = SqliteStore.open(Path.of(args[0]), 2, Clock.systemUTC())) {
            NodeLease node = backend.enter("writer", Duration.ofMinutes(10));
            List<ClaimedRun> former = backend.claim(node, RUNS, List.of()).runs();
            if (former.isEmpty()) {
                createRuns(backend, node);
            }
            long epoch = former.isEmpty() ? 1 : former.get(0).epoch();
            long last = former.isEmpty() ? 2 : former.get(0).lastSequence();
            for (int batch = 0; batch < Integer.parseInt(args[1]); batch++) {
                List<Append> appends = new ArrayList<>();
                for (int run = 0; run < RUNS; run++) {
                    appends.add(
                            Appends.to("run-" + run, epoch, last)
                                    .entries(1, node.storeTime())
                                    .build());
                }
                for (AppendOutcome outcome : backend.append(node, appends)) {
                    if (outcome != AppendOutcome.APPENDED) {
                        throw new AssertionError("Expected APPENDED, but found " + outcome);
                    }
                }
                last++;
                out.println("acknowledged " + last);
                out.flush();
            }
        }
    }

    private static void createRuns(JdbcStateBackend backend, NodeLease node) {
        for (int run = 0; run < RUNS; run++) {
            backend.create(node, List.of(Runs.run("run-" + run, node.storeTime()).owned()));
        }
    }
}
