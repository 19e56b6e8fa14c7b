package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Entry;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.time.NodeClock;

/**
 * Commands to runs that are not in this node's memory. Whoever drives such a run answers nobody here; what became of the
 * command is seen from where the run stands. Thread safe.
 */
final class SentCommands {
    private static final int RUNS_AT_ONCE = 500;

    /** By how much the clocks of two nodes may differ; both follow the store's. */
    private static final Duration SKEW = Duration.ofMillis(200);

    private static final Set<String> TOLD =
            Set.of("RunResumed", "SignalReceived", "StateSaved", "ProgressNoted", "CommandRefused");

    /** How many of the newest entries of a journal are looked at. */
    private static final int NEWEST = 50;

    private final NodeClock clock;
    private final FactCodec codec;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    private record Sent(
            String run, Command command, Instant notBefore, CompletableFuture<String> answer) {}

    SentCommands(NodeClock clock, FactCodec codec) {
        this.clock = clock;
        this.codec = codec;
    }

    void add(String messageId, String run, Command command, CompletableFuture<String> answer) {
        boolean named = command instanceof Command.Signal; // and may have been decided on long ago
        Instant notBefore = named ? Instant.MIN : clock.now().minus(SKEW);
        sent.put(messageId, new Sent(run, command, notBefore, answer));
    }

    void forget(CompletableFuture<String> answer) {
        sent.values().removeIf(command -> command.answer == answer);
    }

    /** Answers those that are followed by now. */
    void look(StateBackend store) {
        sent.values().removeIf(command -> command.answer.isDone());
        if (sent.isEmpty()) {
            return;
        }
        List<String> runs =
                sent.values().stream().map(Sent::run).distinct().limit(RUNS_AT_ONCE).toList();
        for (RunSummary summary : store.summaries(runs)) {
            for (Sent command : sent.values()) {
                String answer =
                        command.run.equals(summary.id()) ? answer(command, summary, store) : null;
                if (answer != null) {
                    command.answer.complete(answer);
                }
            }
        }
    }

    /** Empty if it was followed, or why it cannot be any more; null if neither is known. */
    private String answer(Sent command, RunSummary run, StateBackend store) {
        if (command.command instanceof Command.Cancel && run.status() == RunStatus.CANCELLED) {
            return "";
        }
        if (command.command instanceof Command.Signal signal) {
            String decided = decided(command, store, fact -> signalled(fact, signal.id()));
            if (decided != null) {
                return decided;
            }
        }
        if (run.status().isFinal()) {
            return "Expected a run that goes on, but it has ended as " + run.status();
        }
        if (command.command instanceof Command.Migrate to) {
            return run.definitionHash().equals(to.definition())
                    ? ""
                    : decided(command, store, fact -> refused(fact, Command.Migrate.class));
        }
        if (command.command instanceof Command.SaveState save) {
            return decided(command, store, fact -> saved(fact, save));
        } else if (command.command instanceof Command.NoteProgress note) {
            Fact noted = new Fact.ProgressNoted(note.percent(), note.message());
            return decided(command, store, fact -> noted.equals(fact) ? "" : null);
        }
        boolean paused = run.status() == RunStatus.PAUSED;
        boolean aside = run.reason() != null && run.reason().code().equals("quarantined");
        if (command.command instanceof Command.Resume && !paused && !aside) {
            return decided(command, store, SentCommands::resumed); // it may not have been held
        }
        return command.command instanceof Command.Pause && paused ? "" : null;
    }

    private static String resumed(Fact fact) {
        if (fact instanceof Fact.RunResumed) {
            return "";
        }
        return refused(fact, Command.Resume.class);
    }

    private static String saved(Fact fact, Command.SaveState save) {
        return fact instanceof Fact.StateSaved saved && saved.values().equals(save.values())
                ? ""
                : refused(fact, Command.SaveState.class);
    }

    private static String signalled(Fact fact, String id) {
        if (fact instanceof Fact.SignalReceived received && received.id().equals(id)) {
            return "";
        }
        return fact instanceof Fact.CommandRefused refused && id.equals(refused.id())
                ? refused.why()
                : null;
    }

    private static String refused(Fact fact, Class<? extends Command> kind) {
        return fact instanceof Fact.CommandRefused refused
                        && refused.command().equals(kind.getSimpleName())
                ? refused.why()
                : null;
    }

    /** What the newest entry that tells of a command says: empty if it was followed. */
    private String decided(Sent command, StateBackend store, Function<Fact, String> telling) {
        long last = new JournalEnd(store).of(command.run).map(Entry::sequence).orElse(0L);
        String newest = null;
        for (Entry entry : store.journal(command.run, Math.max(1, last - NEWEST + 1), NEWEST)) {
            boolean isNews = !entry.at().isBefore(command.notBefore);
            Fact fact = isNews && TOLD.contains(entry.type()) ? codec.decode(entry) : null;
            String told = fact == null ? null : telling.apply(fact);
            newest = told == null ? newest : told;
        }
        return newest;
    }
}
