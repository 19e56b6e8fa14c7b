package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.engine.attempt.Attempt;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;

/** What an active run does in the world once its facts are durable: attempts at tasks, and other runs. On its thread. */
final class RunEffects {
    private final RunAttempts attempts;
    private final RunChildren children;
    private final RunTimer timer;

    RunEffects(String run, RunContext context, Consumer<Message> mailbox) {
        this.attempts = new RunAttempts(run, context, mailbox);
        this.children = new RunChildren(run, context, mailbox);
        this.timer = new RunTimer(context.clock(), context.scheduler(), mailbox);
    }

    /** What follows facts that are durable. */
    void follow(List<Fact> facts, RunState state) {
        for (Fact fact : facts) {
            attempts.follow(fact, state);
            children.follow(fact, state);
        }
        if (state.isEnded()) {
            end(state);
        } else {
            children.watchRest(state);
            timer.watch(state);
        }
    }

    private void end(RunState state) {
        attempts.close();
        timer.close();
        if (!state.isClosed()) {
            children.tellEnd(state);
        }
    }

    /** Issues the attempts that the state has pending and that are not in progress yet. */
    void issuePending(RunState state) {
        attempts.issuePending(state);
        timer.watch(state);
    }

    /** The run has come into memory: what a former owner may not have got done for other runs is done now. */
    void takeUp(RunState state) {
        children.takeUp(state);
    }

    /** What the attempt had to say is being decided. */
    void remove(Attempt attempt) {
        attempts.remove(attempt);
    }

    /** An attempt that has ended and is not decided yet after all: it is not to be issued again. */
    void putBack(Attempt attempt) {
        attempts.putBack(attempt);
    }

    /** Takes back all that has not begun; false if something is in progress that needs the run in memory. */
    boolean withdrawAll(List<Fact> deciding, RunState state) {
        return children.isQuiet(deciding, state) && attempts.withdrawAll();
    }

    /** Whether no attempt is in progress, so that there is nothing to be ended at short notice. */
    boolean isIdle() {
        return attempts.isIdle();
    }

    /** Ends what is in progress here; nothing is issued from now on. */
    void close() {
        attempts.close();
        children.close();
        timer.close();
    }

    /** How many attempts are in their bodies, by step. */
    Map<String, Integer> bodies() {
        return attempts.bodies();
    }

    /** What attempts in progress say of themselves, by step. */
    Map<String, String> messages() {
        return attempts.messages();
    }
}
