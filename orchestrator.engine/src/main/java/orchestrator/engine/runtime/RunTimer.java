package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;
import orchestrator.engine.time.NodeClock;
import orchestrator.engine.time.Scheduler;

/** The timer of an active run: it tells the run when the next of its times has come. Called on the run's thread. */
final class RunTimer {
    private final NodeClock clock;
    private final Scheduler scheduler;
    private final Consumer<Message> mailbox;
    private Instant at;
    private Scheduler.Timer timer;
    private boolean closed;

    RunTimer(NodeClock clock, Scheduler scheduler, Consumer<Message> mailbox) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
    }

    /** Looks which time is the next. */
    void watch(RunState state) {
        Instant next = closed ? null : state.nextTime();
        if (Objects.equals(next, at)) {
            return;
        }
        forget();
        if (next != null) {
            at = next;
            Duration rest = Duration.between(clock.now(), next);
            timer =
                    scheduler.schedule(
                            rest.isNegative() ? Duration.ZERO : rest,
                            () -> mailbox.accept(new Message.Look(this::reached)));
        }
    }

    private void reached(RunState state) {
        if (closed || at == null) {
            return;
        }
        forget();
        Instant next = state.nextTime();
        if (next != null && !next.isAfter(clock.now())) {
            mailbox.accept(Message.Tell.of(new Command.ReachTime()));
        } else {
            watch(state);
        }
    }

    private void forget() {
        at = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    void close() {
        closed = true;
        forget();
    }
}
