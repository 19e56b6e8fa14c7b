package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.core.UnknownEntryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who waits for what becomes of messages. A run in this node's memory takes who waits along with its message; what another
 * node decided, or this one before, is seen from where the run stands. Thread safe.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private static final int RUNS_AT_ONCE = 500;

    /** How many of the newest entries of a journal are looked at. */
    private static final int NEWEST = 50;

    private final FactCodec codec;
    private final Map<Key, Asked> waiting = new ConcurrentHashMap<>();

    private record Key(String run, String messageId) {}

    private record Told(Instant at, Fact fact) {}

    /**
     * A message, and who waits for what becomes of it.
     *
     * @param notBefore what was decided earlier is no answer to it
     * @param answer completed with an empty text if the command was followed, or with why it was not; who does not wait any
     *     more cancels it
     */
    record Asked(
            String run,
            String messageId,
            Command command,
            Instant notBefore,
            CompletableFuture<String> answer) {
        private Key key() {
            return new Key(run, messageId);
        }
    }

    Answers(FactCodec codec) {
        this.codec = codec;
    }

    /** Waits for an answer, until it is there or nobody wants it. */
    void add(Asked asked) {
        waiting.put(asked.key(), asked);
        CompletableFuture<String> unused =
                asked.answer.whenComplete((text, e) -> waiting.remove(asked.key(), asked));
    }

    /** Who waits for what becomes of a message, which its run is to answer now; null if nobody does. */
    Asked take(Mail message) {
        return waiting.remove(new Key(message.run(), message.messageId()));
    }

    /** Answers what is decided by now. */
    void look(StateBackend store) {
        if (waiting.isEmpty()) {
            return;
        }
        List<String> runs =
                waiting.keySet().stream().map(Key::run).distinct().limit(RUNS_AT_ONCE).toList();
        for (RunSummary summary : store.summaries(runs)) {
            List<Told> newest = newest(summary.id(), store);
            for (Asked asked : waiting.values()) {
                String answer =
                        asked.run.equals(summary.id()) ? answer(asked, summary, newest) : null;
                if (answer != null) {
                    asked.answer.complete(answer);
                }
            }
        }
    }

    /** Empty if it was followed, or why it was not or cannot be any more; null if none of it is known. */
    private static String answer(Asked asked, RunSummary run, List<Told> newest) {
        String decided = decided(asked, newest);
        if (decided != null) {
            return decided;
        } else if (isSo(asked.command, run)) {
            return "";
        }
        return run.status().isFinal()
                ? "Expected a run that goes on, but it has ended as " + run.status()
                : null;
    }

    /** Whether the run stands where the command wants it. */
    private static boolean isSo(Command command, RunSummary run) {
        if (command instanceof Command.Migrate to) {
            return run.definitionHash().equals(to.definition());
        }
        return switch (run.status()) {
            case PAUSED -> command instanceof Command.Pause;
            case CANCELLED -> command instanceof Command.Cancel;
            default -> false;
        };
    }

    /** Empty if its run is known to have followed it, or why it did not; null if that is not known. */
    String decided(Asked asked, StateBackend store) {
        return decided(asked, newest(asked.run, store));
    }

    /** What the newest that tells of it says. */
    private static String decided(Asked asked, List<Told> told) {
        String newest = null;
        for (Told one : told) {
            boolean isNews = !one.at.isBefore(asked.notBefore);
            String verdict = isNews ? Verdict.of(asked.command, one.fact) : null;
            newest = verdict == null ? newest : verdict;
        }
        return newest;
    }

    /** What the newest entries of a journal tell of commands; nothing, if they cannot be read. */
    private List<Told> newest(String run, StateBackend store) {
        long last = new JournalEnd(store).of(run).map(Entry::sequence).orElse(0L);
        try {
            return store.journal(run, Math.max(1, last - NEWEST + 1), NEWEST).stream()
                    .filter(entry -> Verdict.isIn(entry.type()))
                    .map(entry -> new Told(entry.at(), codec.decode(entry)))
                    .toList();
        } catch (UnknownEntryException e) {
            LOG.debug("The journal of run {} does not say what became of commands", run, e);
            return List.of();
        }
    }
}
