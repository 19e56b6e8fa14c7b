package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.Command;

/** The commands that were put into inboxes here, and who waits for their answers. Thread safe. */
final class PostedCommands {
    private final StoreLink store;
    private final Map<String, CompletableFuture<String>> answers;
    private final SentCommands sent;

    /**
     * None yet.
     *
     * @param answers of runs in this node's memory, by message
     * @param sent looks after answers of runs elsewhere
     */
    PostedCommands(
            StoreLink store, Map<String, CompletableFuture<String>> answers, SentCommands sent) {
        this.store = store;
        this.answers = answers;
        this.sent = sent;
    }

    /**
     * Puts a command into a run's inbox, unless a message with that id is, or was, there already. The answer is completed
     * once the run has decided on it; of two that send the same, the one whose message it is hears of it.
     *
     * @param posted is told of it, and says whether the run is in this node's memory
     */
    PostOutcome post(
            String run,
            String messageId,
            Command command,
            CompletableFuture<String> answer,
            BiPredicate<Post, PostOutcome> posted) {
        CompletableFuture<String> other = answers.putIfAbsent(messageId, answer);
        Post post = new Post(run, messageId, CommandMail.encode(command));
        PostOutcome outcome;
        try {
            outcome = store.backend().post(List.of(post)).get(0);
        } catch (StateException e) {
            answers.remove(messageId, answer);
            throw e;
        }
        if (outcome.kind() != PostOutcome.Kind.POSTED) {
            answers.remove(messageId, answer);
            return outcome;
        }
        if (other != null) {
            answers.put(messageId, answer);
        }
        if (!posted.test(post, outcome)) {
            sent.add(messageId, run, command, answer);
        }
        return outcome;
    }

    /** A run does not answer: it has left before it decided, or it decided before; where it stands says which. */
    void undecided(Message.Tell tell) {
        if (tell.answer() != null) {
            answers.put(tell.mail().messageId(), tell.answer());
            sent.add(tell.mail().messageId(), tell.mail().run(), tell.command(), tell.answer());
        }
    }

    /** Nobody waits for that answer any more. */
    void forget(CompletableFuture<String> answer) {
        answers.values().removeIf(other -> other == answer);
        sent.forget(answer);
    }
}
