package orchestrator.engine.core;

import java.time.Instant;

/** What keeps a run that has not ended from going on: an operator's pause, or a quarantine, or both. */
public final class Hold {
    private boolean paused;
    private Instant pausedAt;
    private String quarantine;
    private Instant quarantinedAt;
    private int pauses;

    void pause(Instant at) {
        paused = true;
        pausedAt = at;
        pauses++;
    }

    void quarantine(String why, Instant at) {
        quarantine = why;
        quarantinedAt = at;
    }

    /** Nothing keeps the run any more. */
    void end() {
        paused = false;
        pausedAt = null;
        quarantine = null;
        quarantinedAt = null;
    }

    /** Whether there is one. */
    boolean isOn() {
        return paused || quarantine != null;
    }

    /** Whether an operator holds the run. */
    public boolean isPaused() {
        return paused;
    }

    /** Since when an operator holds it, or null. */
    Instant pausedAt() {
        return pausedAt;
    }

    /** Whether the run is held because going on seems to do harm. */
    public boolean isQuarantined() {
        return quarantine != null;
    }

    /** Why going on seems to do harm, or null. */
    String quarantine() {
        return quarantine;
    }

    /** Since when going on seems to do harm, or null. */
    Instant quarantinedAt() {
        return quarantinedAt;
    }

    /** How often an operator has held it. */
    public int pauses() {
        return pauses;
    }
}
