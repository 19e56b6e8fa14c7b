package orchestrator.engine.core;

import java.time.Instant;
import java.util.List;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/** Where one step of a run stands. */
public final class StepState {
    static final String TIMER = "timer";
    static final String SIGNAL = "signal";

    Step step; // changes when the run is migrated
    StepStatus status = StepStatus.PENDING;
    int open; // steps that it comes after and that have not ended
    int done; // steps that it comes after and that are done
    boolean queued; // it may begin, or is skipped
    String skipped; // why, or null
    boolean goneOn; // it failed, and its run goes on
    Cell cell = new Cell();
    Cell[] items; // of a forEach, once it is open
    List<Object> itemValues;
    int next; // the first item that was never scheduled
    int inFlight;
    int itemsCompleted;
    int itemsFailed;
    int attempts;
    String waitCode;
    String waitSubject;
    Instant waitSince;
    Instant waitUntil;
    Instant deadline;
    int begunAfter; // how many steps of the run had ended when it began
    int endedAs; // the how manieth of them it was, from 1; 0 before
    Instant started;
    Instant ended;
    String errorCode;
    String errorMessage;
    volatile Payload output;
    volatile Payload failure; // in place of an output
    volatile Payload last; // the output of its last iteration that was not the last of all

    StepState(Step step) {
        this.step = step;
        this.open = step.after().length;
    }

    @Override
    public String toString() {
        return step.name();
    }

    /** The definition. */
    public Step step() {
        return step;
    }

    /** Where it stands. */
    public StepStatus status() {
        return status;
    }

    /** Its cell, or that of one of its items. */
    public Cell cell(int item) {
        return item == Fact.NO_ITEM ? cell : items[item];
    }

    /** How many items it has, or -1 if it is no open {@code forEach}. */
    public int itemCount() {
        return items == null ? -1 : items.length;
    }

    /** The value of an item. */
    public Object item(int position) {
        return itemValues.get(position);
    }

    /** How many items completed. */
    public int itemsCompleted() {
        return itemsCompleted;
    }

    /** How many items failed for good. */
    public int itemsFailed() {
        return itemsFailed;
    }

    /** How many attempts were scheduled. */
    public int attempts() {
        return attempts;
    }

    /** What kind of thing it waits for, or null. */
    public String waitCode() {
        return waitCode;
    }

    /** What exactly it waits for. */
    public String waitSubject() {
        return waitSubject;
    }

    /** The same for people: with who is to offer it, if that is known. */
    public String waitText() {
        return "task".equals(waitCode) ? step.offered() : waitSubject;
    }

    /** Since when it waits. */
    public Instant waitSince() {
        return waitSince;
    }

    /** When its wait ends at the latest, or null. */
    public Instant waitUntil() {
        return waitUntil;
    }

    /** What it waits for, as a store lists it. */
    String waitKey() {
        return waitCode + ":" + waitSubject;
    }

    /** Why it was skipped, or null: see {@link Fact.StepSkipped}. */
    public String skipped() {
        return skipped;
    }

    /** When its first attempt was scheduled. */
    public Instant started() {
        return started;
    }

    /** When it ended. */
    public Instant ended() {
        return ended;
    }

    /** What the newest failure said. */
    public String error() {
        return errorCode == null ? null : errorCode + ": " + errorMessage;
    }

    /** The recorded output, or null if there is none; thread safe. For a {@code forEach} see {@link FanOutList}. */
    public Payload output() {
        return output;
    }

    boolean isWaiting() {
        return waitCode != null;
    }

    boolean itemsDone() {
        return itemsCompleted + itemsFailed == items.length;
    }
}
