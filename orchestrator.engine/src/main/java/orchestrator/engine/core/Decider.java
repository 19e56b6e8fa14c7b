package orchestrator.engine.core;

import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.graph.Scope;

/**
 * Decides what follows from commands. Pure: time and randomness come in; each fact is applied as soon as it is decided,
 * so that a cascade sees its own effects. For one batch of commands.
 */
public final class Decider {
    /** The most items of one fan-out. */
    public static final int MAX_ITEMS = Course.MAX_ITEMS;

    private final RunState run;
    private final Course course;
    private final AttemptRules attempts;
    private final RunRules rules;

    /** A decider for the commands of one moment. */
    public Decider(RunState run, Instant now, Retry defaultRetry, DoubleSupplier random) {
        this.run = run;
        this.course = new Course(run, now, defaultRetry, random);
        this.attempts = new AttemptRules(course);
        this.rules = new RunRules(course);
    }

    /** What was decided so far, in order; already applied. */
    public List<Fact> facts() {
        return course.facts();
    }

    /** Decides on the first entry of a new run. */
    public void create(Fact.RunCreated created) {
        course.record(created);
    }

    /** Decides on what a new run keeps of another. */
    public void keep(Fact kept) {
        course.record(kept);
    }

    /**
     * Decides on a command.
     *
     * @return null if it was taken, or why it was refused
     */
    public String decide(Command command) {
        if (command instanceof Command.Close) {
            return rules.close();
        }
        if (run.isEnded()) {
            return "Expected a run that goes on, but it has ended as " + run.end();
        }
        String refused = dispatch(command);
        if (refused == null) {
            course.beginReady();
        } else { // nothing follows from it
            String id = command instanceof Command.Signal signal ? signal.id() : null;
            course.record(new Fact.CommandRefused(command.getClass().getSimpleName(), refused, id));
        }
        return refused;
    }

    private String dispatch(Command command) {
        if (command instanceof Command.CompleteAttempt c) {
            attempts.complete(c);
        } else if (command instanceof Command.FailAttempt c) {
            attempts.fail(c);
        } else if (command instanceof Command.HandBackAttempt c) {
            attempts.handBack(c);
        } else if (command instanceof Command.StartAttempt c) {
            attempts.start(c);
        } else if (command instanceof Command.EndChild c) {
            return attempts.endChild(c);
        } else if (command instanceof Command.MissTask c) {
            attempts.missTask(c.step());
        } else if (command instanceof Command.OfferTask c) {
            attempts.offer("task", c.task());
        } else if (command instanceof Command.OfferWorkflow c) {
            attempts.offer("workflow", c.workflow());
        } else {
            return dispatchToRun(command);
        }
        return null;
    }

    private String dispatchToRun(Command command) {
        if (command instanceof Command.Begin) {
            course.advance();
        } else if (command instanceof Command.Recover c) {
            rules.recover(c);
        } else if (command instanceof Command.Quarantine c) {
            course.record(new Fact.RunQuarantined(c.code(), c.message()));
        } else if (command instanceof Command.Fail c) {
            course.record(new Fact.RunFailed(c.code(), c.message()));
        } else if (command instanceof Command.ReachTime) {
            rules.reachTime();
        } else if (command instanceof Command.Signal c) {
            return course.waits().signal(c);
        } else if (command instanceof Command.Cancel c) {
            return course.ends().cancel(c);
        } else if (command instanceof Command.Pause) {
            return rules.pause();
        } else if (command instanceof Command.Resume) {
            return rules.resume();
        } else if (command instanceof Command.Migrate c) {
            return new MigrationRules(course).migrate(c);
        } else if (command instanceof Command.SaveState c) {
            return rules.save(c);
        } else if (command instanceof Command.NoteProgress c) {
            course.record(new Fact.ProgressNoted(c.percent(), c.message()));
        } else if (command instanceof Command.Unreadable c) {
            return c.why();
        }
        return null;
    }

    /** What the expressions of a run can name. Reads recorded values; any thread may use it. */
    public static Scope scope(RunState run, Object item, boolean hasItem) {
        return new RunScope(run, null, item, hasItem);
    }

    /**
     * What the expressions of an attempt can name. Reads recorded values; any thread may use it.
     *
     * @param item its item's position, or {@link Fact#NO_ITEM}
     */
    public static Scope scope(RunState run, StepState step, int item) {
        boolean hasItem = item != Fact.NO_ITEM;
        return new RunScope(run, step, hasItem ? step.item(item) : null, hasItem);
    }
}
