package orchestrator.engine.maintenance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.LostRuns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends one run: takes it like an owner, so that nobody else writes to it, stores what its journal says, and gives it
 * back. What its journal cannot say any more is said in its summary.
 */
final class RunMending {
    private static final Logger LOG = LoggerFactory.getLogger(RunMending.class);
    private static final long PATIENCE_SECONDS = 30;
    private static final int MOST_MESSAGES_MEANWHILE = 100;

    private final Engine engine;
    private final StateInspection inspection;

    /**
     * How it went.
     *
     * @param refused why nothing was done; null if it was
     * @param intact whether the run's journal can be read
     */
    record Result(String refused, boolean intact) {}

    RunMending(Engine engine, StateInspection inspection) {
        this.engine = engine;
        this.inspection = inspection;
    }

    /** Mends it. */
    Result mend(String run) {
        return change(run, (expected, unread) -> expected.mended(unread));
    }

    /** Ends it, if its journal cannot be read: it could not end itself. */
    Result giveUp(String run) {
        return change(
                run,
                (expected, unread) ->
                        expected.isReadable() ? expected.mended(unread) : expected.givenUp());
    }

    private Result change(String run, BiFunction<ExpectedSummary, Boolean, RunSummary> change) {
        Optional<ClaimedRun> taken = inspection.take(engine.store().lease(), run);
        if (taken.isEmpty()) {
            return refused(
                    "a node is at work on the run, or it was deleted: pause it, or repair it when it waits or has ended; if its node does not let go of it, restart that node");
        }
        ClaimedRun claimed = taken.get();
        boolean intact;
        RunSummary summary;
        AppendOutcome outcome;
        try {
            JournalReading reading =
                    new JournalReading(engine, new StoredDefinitions(engine, true), run);
            reading.readOn();
            ExpectedSummary expected =
                    new ExpectedSummary(claimed.summary(), reading, engine.now());
            intact = expected.isReadable();
            summary = change.apply(expected, !claimed.inbox().isEmpty());
            if (!intact && summary.status().isFinal()) { // first, as a run does that ends itself
                tellParent(summary);
            }
            outcome = giveBack(claimed, summary);
        } catch (StateUnavailableException e) {
            letGo(claimed);
            throw new StateUnavailableException(notMended(run, e), e);
        } catch (RuntimeException e) {
            letGo(claimed);
            throw new IllegalStateException(notMended(run, e), e);
        }
        if (outcome != AppendOutcome.APPENDED) {
            return refused("the store answered " + outcome + ": somebody else has the run now");
        }
        engine.released(summary);
        return new Result(null, intact);
    }

    private static Result refused(String why) {
        return new Result(why, true);
    }

    private void tellParent(RunSummary givenUp) {
        new LostRuns(engine.journal(), engine.store())
                .endOf(givenUp)
                .ifPresent(end -> engine.store().backend().post(List.of(end)));
    }

    private static String notMended(String run, RuntimeException e) {
        return "Expected run %s to be mended, but %s. It is given back as it was; repair it once more"
                .formatted(run, e.getMessage());
    }

    /** Gives a run back as it was, as soon as the store answers: as long as this node lives, nobody else could. */
    private void letGo(ClaimedRun claimed) {
        RunSummary summary = ExpectedSummary.due(claimed.summary(), engine.now());
        CompletableFuture<Void> unused =
                letGo(claimed, summary, 0)
                        .exceptionally(
                                e -> {
                                    LOG.error("Run {} could not be given back", summary.id(), e);
                                    return null;
                                });
    }

    /** Messages that came meanwhile have the next numbers. */
    private CompletableFuture<Void> letGo(ClaimedRun claimed, RunSummary summary, int meanwhile) {
        Append append =
                new Append(
                        summary.id(),
                        claimed.epoch(),
                        "mend-" + engine.newRunId(),
                        List.of(),
                        claimed.lastSequence(),
                        List.of(),
                        claimed.inboxTail() + meanwhile,
                        summary,
                        true);
        return engine.append(append)
                .thenCompose(
                        outcome -> {
                            if (outcome == AppendOutcome.MAIL
                                    && meanwhile < MOST_MESSAGES_MEANWHILE) {
                                return letGo(claimed, summary, meanwhile + 1);
                            }
                            engine.released(summary);
                            return CompletableFuture.completedFuture(null);
                        });
    }

    /** A message that comes meanwhile makes the run due, and is seen by who takes it next. */
    private AppendOutcome giveBack(ClaimedRun claimed, RunSummary summary) {
        RunSummary stored = summary;
        long seen = claimed.inboxTail();
        List<Long> consumed =
                summary.status().isFinal()
                        ? claimed.inbox().stream().map(Mail::number).toList()
                        : List.of();
        AppendOutcome outcome = AppendOutcome.MAIL;
        for (int i = 0; outcome == AppendOutcome.MAIL && i < MOST_MESSAGES_MEANWHILE; i++) {
            outcome =
                    append(
                            new Append(
                                    summary.id(),
                                    claimed.epoch(),
                                    "mend-" + engine.newRunId(),
                                    List.of(),
                                    claimed.lastSequence(),
                                    consumed,
                                    seen,
                                    stored,
                                    true));
            if (outcome == AppendOutcome.MAIL) {
                seen = newestMail(summary.id(), seen);
                stored = ExpectedSummary.due(summary, engine.now());
            }
        }
        return outcome;
    }

    private AppendOutcome append(Append append) {
        try {
            return engine.append(append).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the store did not answer for " + PATIENCE_SECONDS + " seconds", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while run " + append.run() + " was mended", e);
        }
    }

    private long newestMail(String run, long seen) {
        return engine.store().backend().mail(engine.store().lease()).stream()
                .filter(message -> message.run().equals(run))
                .mapToLong(Mail::number)
                .reduce(seen, Math::max);
    }
}
