package orchestrator.state.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Runs;

/**
 * The runs of a store that is in use for long: nearly all have ended, some sleep, wait for a signal or for a task, a few
 * are owned or due. Ids are in no order of time.
 */
public final class ManyRuns {
    /** Of the nodes that own runs: one that lives, and one whose lease is over. */
    public static final String ALIVE = "alive";

    static final String DEAD = "dead";

    private static final int BATCH = 1000;
    private static final long SPREAD = 7919; // prime to the counts that are used
    private final int count;
    private final Instant now;

    /** So many, at a time of the store. */
    public ManyRuns(int count, Instant now) {
        this.count = count;
        this.now = now;
    }

    /** Creates them all; the node that lives is the answer. */
    public NodeLease fill(StateBackend backend) {
        NodeLease alive = backend.enter(ALIVE, Duration.ofHours(10));
        NodeLease dead = backend.enter(DEAD, Duration.ofHours(10));
        IntStream.range(0, (count + BATCH - 1) / BATCH)
                .parallel()
                .forEach(batch -> create(backend, alive, dead, batch * BATCH));
        backend.leave(dead);
        return alive;
    }

    /** The id of a run. */
    public String id(int i) {
        return "p" + Long.toString(i * SPREAD % count, 36) + ".run";
    }

    private void create(StateBackend backend, NodeLease alive, NodeLease dead, int from) {
        List<NewRun> others = new ArrayList<>();
        List<NewRun> ofTheDead = new ArrayList<>();
        List<Post> messages = new ArrayList<>();
        for (int i = from; i < Math.min(count, from + BATCH); i++) {
            NewRun run = run(i).withEntries(3, i % 1000 < 2);
            (i % 1000 == 1 ? ofTheDead : others).add(run);
            if (i % 200 == 100) {
                messages.add(new Post(id(i), "message", new byte[50]));
            }
        }
        backend.create(alive, others);
        backend.create(dead, ofTheDead);
        backend.post(messages);
    }

    private Runs run(int i) {
        Runs run =
                Runs.run(id(i), now.minusMillis((count - i) * 100L))
                        .workflow("workflow-" + i % 50)
                        .label("tenant", String.valueOf(i % 1000))
                        .label("stage", "live")
                        .priority(i % 3);
        if (i % 10 == 8) {
            run.startKey("key-" + i, "hash");
        }
        return stateOf(run, i);
    }

    private Runs stateOf(Runs run, int i) {
        if (i % 1000 < 2) {
            return run;
        }
        if (i % 1000 == 2) {
            return run.wakeAt(now.minusMillis(i % 5000));
        }
        return switch (i % 100) {
            case 0 -> run.status(RunStatus.WAITING).waitKeys("signal:s" + i);
            case 3 -> run.status(RunStatus.WAITING).wakeAt(now.plusSeconds(3600L + i % 100_000));
            case 4 ->
                    run.status(RunStatus.WAITING)
                            .reason(new Reason("signal", "approve", now, null))
                            .waitKeys("signal:approve-" + i);
            case 5 ->
                    run.status(RunStatus.WAITING)
                            .reason(new Reason("task", "t" + i % 10_000, now, null))
                            .waitKeys("task:t" + i % 10_000);
            case 6 -> run.ended(RunStatus.FAILED, now.minusMillis((count - i) * 99L));
            case 7 -> run.kind(RunKind.SYSTEM).status(RunStatus.WAITING);
            default -> run.ended(RunStatus.COMPLETED, now.minusMillis((count - i) * 99L));
        };
    }
}
