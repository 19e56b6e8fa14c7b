package orchestrator.engine.maintenance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Limits;
import orchestrator.engine.core.Summaries;

/** What the summary of a run should be by its journal, beside the one that is stored. */
final class ExpectedSummary {
    private final RunSummary stored;
    private final JournalReading reading;
    private final Instant now;

    ExpectedSummary(RunSummary stored, JournalReading reading, Instant now) {
        this.stored = stored;
        this.reading = reading;
        this.now = now;
    }

    /**
     * Whether the run is put aside, and its journal does not say so: it could not be read or written once. An operator
     * decides when it tries again.
     */
    private boolean isPutAside() {
        return stored.status() == RunStatus.WAITING
                && stored.reason() != null
                && stored.reason().code().equals("quarantined")
                && !reading.state().isEnded();
    }

    /** Whether the journal tells all of it. */
    boolean isReadable() {
        return reading.damage().isEmpty();
    }

    /** What differs, for people; empty if nothing does. Needs an intact journal. */
    List<String> differences() {
        List<String> all = new ArrayList<>();
        if (!isPutAside() && moments().noneMatch(this::stands)) {
            compareStanding(all);
        }
        RunSummary derived = derived(now);
        compare(all, "workflow", derived.workflow(), stored.workflow());
        compare(all, "definition", derived.definitionHash(), stored.definitionHash());
        compare(all, "version", derived.version(), stored.version());
        compare(all, "priority", derived.priority(), stored.priority());
        compare(all, "labels", derived.labels(), stored.labels());
        compare(all, "created", micros(derived.created()), stored.created());
        compare(all, "started", micros(derived.started()), stored.started());
        compare(all, "ended", micros(derived.ended()), stored.ended());
        compare(all, "error", derived.error(), stored.error());
        boolean late = !reading.state().isEnded() && reading.wasAt(stored.progress());
        if (!late) { // what is listed of a run that goes on may be behind
            compare(all, "progress", derived.progress(), stored.progress());
        }
        return all;
    }

    /**
     * When the stored standing may have been decided: with the last entry, or later, when nothing happened for a while
     * and the run left memory. In between it changes only where something comes within reach, or is out of reach.
     */
    private Stream<Instant> moments() {
        Instant last = reading.lastAt();
        Instant wakeAt = stored.wakeAt();
        Instant rested = last.plus(Summaries.SOON);
        Instant beforeWaking = wakeAt == null ? last : wakeAt.minus(Summaries.SOON).minusMillis(1);
        Instant end = now.plusSeconds(1); // the clock of the node that decided may be ahead
        return Stream.of(last, rested, beforeWaking, now)
                .filter(at -> at.equals(last) || (!at.isBefore(last) && !at.isAfter(end)));
    }

    private boolean stands(Instant at) {
        Summaries.Standing standing = Summaries.standing(reading.state(), at);
        return standing.status() == stored.status()
                && Objects.equals(micros(standing.reason()), micros(stored.reason()))
                && standing.waitKeys().equals(stored.waitKeys())
                && wakesInTime(standing);
    }

    /** A run that wakes too early finds nothing to do, and says so itself. */
    private boolean wakesInTime(Summaries.Standing standing) {
        Instant expected = micros(standing.wakeAt());
        Instant found = stored.wakeAt();
        return Objects.equals(expected, found)
                || (found != null && !standing.status().isFinal() && !found.isAfter(now));
    }

    private void compareStanding(List<String> all) {
        Summaries.Standing standing = Summaries.standing(reading.state(), now);
        compare(all, "status", standing.status(), stored.status());
        compare(all, "reason", micros(standing.reason()), micros(stored.reason()));
        compare(all, "wait keys", standing.waitKeys(), stored.waitKeys());
        if (!wakesInTime(standing)) {
            compare(all, "wake-up", micros(standing.wakeAt()), stored.wakeAt());
        }
    }

    private static void compare(List<String> all, String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            all.add("%s %s, but found %s".formatted(what, expected, found));
        }
    }

    /**
     * The summary to be stored when the run is given back.
     *
     * @param unread whether messages wait for it
     */
    RunSummary mended(boolean unread) {
        if (!isReadable()) {
            return putAside(reading.damage().get(0).message());
        }
        if (isPutAside()) {
            return stored;
        }
        RunSummary derived = derived(now);
        boolean due =
                switch (derived.status()) {
                    case QUEUED, RUNNING -> true;
                    default -> unread && !derived.status().isFinal();
                };
        return with(
                stored, derived, derived.status(), derived.reason(), due ? now : derived.wakeAt());
    }

    /** The summary of a run that is given up: its journal cannot be read, so that it cannot say so itself. */
    RunSummary givenUp() {
        String why = reading.damage().get(0).message();
        return new RunSummary(
                stored.id(),
                stored.kind(),
                stored.workflow(),
                stored.definitionHash(),
                stored.version(),
                RunStatus.CANCELLED,
                Summaries.quarantined(stored, why, now).reason(),
                null,
                Set.of(),
                stored.priority(),
                stored.labels(),
                stored.progress(),
                stored.created(),
                stored.started(),
                now,
                stored.parent(),
                stored.origin(),
                Limits.error("its journal cannot be read: " + why));
    }

    /** Of a run that has ended, the status stays: it will never change again. */
    private RunSummary putAside(String why) {
        if (stored.reason() != null && stored.reason().code().equals("quarantined")) {
            return stored; // it says so already
        }
        RunSummary aside = Summaries.quarantined(stored, why, now);
        return stored.status().isFinal()
                ? with(stored, stored, stored.status(), aside.reason(), null)
                : aside;
    }

    private RunSummary derived(Instant at) {
        return Summaries.of(stored.id(), reading.state(), at);
    }

    /** With what the journal does not tell: whose run it is, and where it came from. */
    private static RunSummary with(
            RunSummary stored, RunSummary s, RunStatus status, Reason reason, Instant wakeAt) {
        return new RunSummary(
                s.id(),
                stored.kind(),
                s.workflow(),
                s.definitionHash(),
                s.version(),
                status,
                reason,
                wakeAt,
                status.isFinal() ? Set.of() : s.waitKeys(),
                s.priority(),
                s.labels(),
                s.progress(),
                s.created(),
                s.started(),
                s.ended(),
                stored.parent(),
                stored.origin(),
                s.error());
    }

    /** The summary of a run that is looked at again at once, if it goes on by itself at all. */
    static RunSummary due(RunSummary s, Instant now) {
        boolean aside = s.reason() != null && s.reason().code().equals("quarantined");
        return s.status().isFinal() || aside ? s : with(s, s, s.status(), s.reason(), now);
    }

    private static Reason micros(Reason reason) {
        return reason == null
                ? null
                : new Reason(
                        reason.code(),
                        reason.subject(),
                        micros(reason.since()),
                        micros(reason.until()));
    }

    private static Instant micros(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }
}
