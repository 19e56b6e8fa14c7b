package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import orchestrator.api.state.Append;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How runs that the store has given to this node come into its memory: on the threads of runs. Thread safe. */
final class Adoption {
    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);
    private static final int MAX_FRUITLESS_CLAIMS = 3;

    private final RunContext context;
    private final Runs runs;
    private final Asides asides;
    private final Map<String, Runnable> unread = new ConcurrentHashMap<>();

    Adoption(RunContext context, Runs runs, Asides asides) {
        this.context = context;
        this.runs = runs;
        this.asides = asides;
    }

    /** Goes on with a run that was claimed just now. */
    void take(ClaimedRun claimed) {
        adopt(claimed, state -> firstCommands(claimed, state), context.store().incarnation());
    }

    /**
     * Goes on with a run.
     *
     * @param first what it is told first
     * @param incarnation of the lease under which it is this node's
     */
    void adopt(ClaimedRun claimed, Function<RunState, List<Command>> first, long incarnation) {
        runs.room().take();
        context.executor().execute(() -> read(claimed, first, incarnation));
    }

    private void read(
            ClaimedRun claimed, Function<RunState, List<Command>> first, long incarnation) {
        RunSummary summary = claimed.summary();
        Journal.Replayed replayed;
        List<Command> commands;
        try {
            replayed = context.journal().replay(summary.id());
            commands = first.apply(replayed.state());
        } catch (StateUnavailableException e) {
            runs.giveUp();
            unread.put(summary.id(), () -> adopt(claimed, first, incarnation));
            if (context.store().isOver(incarnation)) {
                unread.remove(summary.id());
            }
            return;
        } catch (RuntimeException e) {
            setAside(claimed, e);
            runs.giveUp();
            return;
        }
        List<Long> unreadMail = claimed.inbox().stream().map(Mail::number).toList();
        runs.begin(
                new Arrival(
                        summary,
                        claimed.epoch(),
                        replayed,
                        new InboxMark(claimed.inboxTail(), unreadMail),
                        commands,
                        claimed.inbox(),
                        incarnation));
    }

    private List<Command> firstCommands(ClaimedRun claimed, RunState state) {
        List<Command> commands = new ArrayList<>();
        if (claimed.fruitlessClaims() > MAX_FRUITLESS_CLAIMS) {
            commands.add(
                    new Command.Quarantine(
                            "fruitless-claims",
                            "the run was claimed %d times in a row without getting on"
                                    .formatted(claimed.fruitlessClaims())));
        } else if (state.startedAt() == null) {
            commands.add(new Command.Begin());
        } else if (claimed.takenOver()) {
            commands.add(new Command.Recover(context.store().lease().node(), claimed.epoch()));
        }
        if (state.nextTime() != null) {
            commands.add(new Command.ReachTime()); // it may be what the run was due for
        }
        return commands;
    }

    /** A run that cannot be read is put aside, named, and the others go on. */
    private void setAside(ClaimedRun claimed, RuntimeException e) {
        RunSummary s = claimed.summary();
        LOG.error("Run {} cannot be read and is quarantined: {}", s.id(), e.getMessage());
        RunSummary quarantined = Summaries.quarantined(s, e.getMessage(), context.clock().now());
        asides.put(
                new Append(
                        s.id(),
                        claimed.epoch(),
                        context.ids().get(),
                        List.of(),
                        claimed.lastSequence(),
                        List.of(), // its messages wait for who can read it
                        claimed.inboxTail(),
                        quarantined,
                        true));
    }

    /** Reads those once more that could not be read because the store did not answer. */
    void settle() {
        for (String run : List.copyOf(unread.keySet())) {
            Runnable again = unread.remove(run);
            if (again != null) {
                again.run();
            }
        }
    }

    /** What could not be read is not this node's any more. */
    void clear() {
        unread.clear();
    }
}
