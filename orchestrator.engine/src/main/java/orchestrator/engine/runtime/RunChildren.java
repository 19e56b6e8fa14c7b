package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import orchestrator.engine.core.ChildId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Step;
import orchestrator.engine.time.Scheduler;

/**
 * The runs that the steps of an active run are: the effects of facts that are durable. Starts them, and tells them what
 * becomes of the run. All of it is called on the run's thread.
 */
final class RunChildren {
    private final String run;
    private final RunContext context;
    private final Consumer<Message> mailbox;
    private final RunLetters letters;
    private final ChildStarts starts;
    private Scheduler.Timer rest;
    private boolean takenUp;
    private boolean closed;

    RunChildren(String run, RunContext context, Consumer<Message> mailbox) {
        this.run = run;
        this.context = context;
        this.mailbox = mailbox;
        this.letters =
                new RunLetters(run, context.subRuns().outbox(), context.scheduler(), mailbox);
        this.starts = new ChildStarts(run, context, mailbox, letters);
    }

    /** What follows a fact that is durable. */
    void follow(Fact fact, RunState state) {
        if (closed) {
            return;
        }
        if (fact instanceof Fact.AttemptScheduled f) {
            Step step = state.graph().step(f.step());
            if (step != null && step.isSubWorkflow()) {
                starts.begin(state, step, f.item());
            }
        } else if (fact instanceof Fact.RunMigrated) {
            starts.forgetAll();
            starts.reissue(state);
        } else if (fact instanceof Fact.AttemptCompleted f) {
            starts.forget(state, f.step(), f.item(), f.attempt());
        } else if (fact instanceof Fact.IterationCompleted f) {
            starts.forget(state, f.step(), Fact.NO_ITEM, f.attempt());
        } else if (fact instanceof Fact.AttemptFailed f) {
            starts.forget(state, f.step(), f.item(), f.attempt());
        } else if (fact instanceof Fact.RunFailing
                || fact instanceof Fact.RunCancelling
                || fact instanceof Fact.StepFailed) {
            cancelStrays(state);
        } else if (fact instanceof Fact.StepWaiting f) {
            if (f.code().equals("workflow") && isOnOffer(f.subject())) {
                mailbox.accept(Message.Tell.of(new Command.OfferWorkflow(f.subject())));
            }
        } else if (fact instanceof Fact.RunPaused) {
            starts.hold();
            letters.pause(state, writable(state, state.children()));
        } else if (fact instanceof Fact.RunQuarantined) {
            starts.hold();
        } else if (fact instanceof Fact.RunResumed) {
            letters.resume(state, writable(state, state.childrenOfLastPause()));
            starts.resume(state);
        } else if (fact instanceof Fact.StepReady || fact instanceof Fact.RunRecovered) {
            starts.reissue(state);
        }
    }

    /** What the run has given up while it goes on is cancelled; the run's end tells it once more. */
    private void cancelStrays(RunState state) {
        if (!state.isEnded()) {
            for (ChildId child : state.strays()) {
                letters.cancel(state, child, starts.creation(child));
            }
        }
    }

    /** The run has come into memory: what a former owner may not have got done is done now. */
    void takeUp(RunState state) {
        if (closed) {
            return;
        }
        takenUp = true;
        if (state.isEnded()) {
            tellEnd(state);
            return;
        }
        starts.reissue(state);
        cancelStrays(state);
        if (state.hold().isPaused()) {
            letters.pause(state, writable(state, state.children()));
        } else { // a younger child that is held was held by others
            letters.resume(state, writable(state, state.childrenOfLastPause()));
        }
        watchRest(state);
    }

    /** The run has ended: its parent and what it leaves in flight are told, and then it can be closed. */
    void tellEnd(RunState state) {
        if (closed) {
            return;
        }
        starts.hold();
        letters.end(state, starts.creations());
    }

    /** Looks after the run once more when it has heard nothing for a while: it may rest then. */
    void watchRest(RunState state) {
        Instant at = Summaries.restsAt(state);
        if (rest != null) {
            rest.cancel();
            rest = null;
        }
        if (at != null && !closed) {
            rest =
                    context.scheduler()
                            .schedule(
                                    Duration.between(context.clock().now(), at),
                                    () -> mailbox.accept(new Message.Look(s -> {})));
        }
    }

    /**
     * Whether the run can leave memory as far as its children go: nothing for them is on its way, or will be.
     *
     * @param deciding facts that are not durable yet
     */
    boolean isQuiet(List<Fact> deciding, RunState state) {
        boolean pauses = deciding.stream().anyMatch(fact -> fact instanceof Fact.RunPaused);
        boolean willTell = (pauses || !takenUp) && !state.children().isEmpty();
        return !willTell && starts.isQuiet(state) && letters.isQuiet();
    }

    /** Nothing is issued from now on. */
    void close() {
        closed = true;
        starts.close();
        letters.close();
        if (rest != null) {
            rest.cancel();
        }
    }

    /** Children by id, each with its creation: it can be written to after that. */
    private Map<String, CompletableFuture<?>> writable(RunState state, List<ChildId> children) {
        Map<String, CompletableFuture<?>> all = new HashMap<>();
        for (ChildId child : children) {
            all.put(id(state, child), starts.creation(child));
        }
        return all;
    }

    private boolean isOnOffer(String workflow) {
        return context.subRuns().offers().workflow(workflow) != null;
    }

    private String id(RunState state, ChildId child) {
        return ChildRuns.id(run, state, child);
    }
}
