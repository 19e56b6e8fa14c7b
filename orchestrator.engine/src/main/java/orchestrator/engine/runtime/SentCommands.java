package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.Command;

/**
 * Commands to runs that are not in this node's memory. Whoever drives such a run answers nobody here; what became of the
 * command is seen from where the run stands. Thread safe.
 */
final class SentCommands {
    private static final int RUNS_AT_ONCE = 500;

    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    private record Sent(String run, Command command, CompletableFuture<String> answer) {}

    void add(String messageId, String run, Command command, CompletableFuture<String> answer) {
        sent.put(messageId, new Sent(run, command, answer));
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
                        command.run.equals(summary.id()) ? answer(command.command, summary) : null;
                if (answer != null) {
                    command.answer.complete(answer);
                }
            }
        }
    }

    /** Empty if it was followed, or why it cannot be any more; null if neither is known. */
    private static String answer(Command command, RunSummary run) {
        if (command instanceof Command.Cancel && run.status() == RunStatus.CANCELLED) {
            return "";
        }
        if (run.status().isFinal()) {
            return "Expected a run that goes on, but it has ended as " + run.status();
        }
        boolean paused = run.status() == RunStatus.PAUSED;
        boolean aside = run.reason() != null && run.reason().code().equals("quarantined");
        boolean followed =
                (command instanceof Command.Pause && paused)
                        || (command instanceof Command.Resume && !paused && !aside);
        return followed ? "" : null;
    }
}
