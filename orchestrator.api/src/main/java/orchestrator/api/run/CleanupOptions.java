package orchestrator.api.run;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Which runs a cleanup is about. Immutable. A dry run, unless it {@linkplain #apply() is to be applied}. */
public final class CleanupOptions {
    private static final CleanupOptions NONE =
            new CleanupOptions(
                    null,
                    EnumSet.of(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED),
                    null,
                    false,
                    false);

    private final Duration endedFor;
    private final Set<RunStatus> statuses;
    private final Duration stillFor;
    private final boolean cancelStale;
    private final boolean apply;

    private CleanupOptions(
            Duration endedFor,
            Set<RunStatus> statuses,
            Duration stillFor,
            boolean cancelStale,
            boolean apply) {
        this.endedFor = endedFor;
        this.statuses = Set.copyOf(statuses);
        this.stillFor = stillFor;
        this.cancelStale = cancelStale;
        this.apply = apply;
    }

    /** About no runs yet. */
    public static CleanupOptions none() {
        return NONE;
    }

    /** Deletes runs that ended longer ago than this. */
    public CleanupOptions olderThan(Duration age) {
        return new CleanupOptions(positive(age), statuses, stillFor, cancelStale, apply);
    }

    /** Deletes only runs that ended so; all that ended by default. */
    public CleanupOptions status(RunStatus... wanted) {
        for (RunStatus status : wanted) {
            if (!status.isFinal()) {
                throw new IllegalArgumentException(
                        "Expected statuses of runs that have ended (COMPLETED, FAILED, CANCELLED), but found "
                                + status);
            }
        }
        return new CleanupOptions(
                endedFor, Set.copyOf(Arrays.asList(wanted)), stillFor, cancelStale, apply);
    }

    /** Reports runs that are queued, running or waiting, and whose journal has not grown for longer than this. */
    public CleanupOptions staleAfter(Duration age) {
        return new CleanupOptions(endedFor, statuses, positive(age), cancelStale, apply);
    }

    /** Cancels the stale runs. */
    public CleanupOptions cancelStale() {
        return new CleanupOptions(endedFor, statuses, stillFor, true, apply);
    }

    /** Does it, instead of saying what would be done. */
    public CleanupOptions apply() {
        return new CleanupOptions(endedFor, statuses, stillFor, cancelStale, true);
    }

    private static Duration positive(Duration age) {
        if (age.isNegative()) {
            throw new IllegalArgumentException(
                    "Expected an age of at least 0 seconds, but found " + age);
        }
        return age;
    }

    /** How long ago runs to be deleted ended at least; empty if none are to be deleted. */
    public Optional<Duration> endedFor() {
        return Optional.ofNullable(endedFor);
    }

    /** How runs to be deleted ended. */
    public Set<RunStatus> statuses() {
        return statuses;
    }

    /** How long stale runs have stood still at least; empty if nobody asks for them. */
    public Optional<Duration> stillFor() {
        return Optional.ofNullable(stillFor);
    }

    /** Whether stale runs are cancelled. */
    public boolean cancelsStale() {
        return cancelStale;
    }

    /** Whether it is more than a dry run. */
    public boolean applies() {
        return apply;
    }
}
