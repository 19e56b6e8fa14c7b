package orchestrator.engine.core;

import java.time.Instant;
import orchestrator.engine.graph.Payload;

/** The attempts at one piece of work: a step, or one item of a {@code forEach} step. */
public final class Cell {
    /** Where it stands. */
    public enum Stage {
        /** No attempt is scheduled: before the first, or held by a pause between two. */
        IDLE,
        /** An attempt is scheduled; it may be in progress. */
        SCHEDULED,
        /** It has a result. */
        DONE,
        /** It failed for good. */
        FAILED
    }

    Stage stage = Stage.IDLE;
    int attempt;
    int failures;
    int pauses; // of the run, before the attempt was scheduled
    int losses;
    int startedLosses;
    boolean started;
    Instant first; // when the first attempt was scheduled, later by pauses
    int iteration; // how many have completed
    boolean repeats; // the next attempt is the first of its iteration
    Instant notBefore;
    Payload output;
    String errorCode;
    String errorMessage;

    /** Where it stands. */
    public Stage stage() {
        return stage;
    }

    /** The number of the newest attempt. */
    public int attempt() {
        return attempt;
    }

    /** The iteration, from 0, of a step that repeats. */
    public int iteration() {
        return iteration;
    }

    /** How many attempts have failed, in this iteration. */
    public int failures() {
        return failures;
    }

    /** When the scheduled attempt may start, or null for at once. */
    public Instant notBefore() {
        return notBefore;
    }

    /** Whether the scheduled attempt needs an {@link Fact.AttemptStarted} of its own before its body runs. */
    public boolean needsStart() {
        return losses > 0 && !started;
    }

    /** Whether the given attempt is the scheduled one. */
    boolean isCurrent(int number) {
        return stage == Stage.SCHEDULED && attempt == number;
    }
}
