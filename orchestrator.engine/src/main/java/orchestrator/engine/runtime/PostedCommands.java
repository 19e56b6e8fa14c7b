package orchestrator.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.Command;
import orchestrator.engine.time.NodeClock;

/** Puts commands into inboxes. Thread safe. */
final class PostedCommands {
    /** By how much the clocks of two nodes may differ; both follow the store's. */
    private static final Duration SKEW = Duration.ofMillis(200);

    private final StoreLink store;
    private final NodeClock clock;
    private final Answers answers;

    PostedCommands(StoreLink store, NodeClock clock, Answers answers) {
        this.store = store;
        this.clock = clock;
        this.answers = answers;
    }

    /**
     * Puts a command into a run's inbox, unless a message with that id is, or was, there already. The answer is completed
     * once the run has decided on it; at once, if it is known that it was decided on before.
     *
     * @param answer see {@link Answers.Asked#answer}
     * @param posted is told of it
     * @throws StateException if the store did not take it
     */
    PostOutcome post(
            String run,
            String messageId,
            Command command,
            CompletableFuture<String> answer,
            BiConsumer<Post, PostOutcome> posted) {
        boolean named = command instanceof Command.Signal; // and may have been decided on long ago
        Instant notBefore = named ? Instant.MIN : clock.now().minus(SKEW);
        Answers.Asked asked = new Answers.Asked(run, messageId, command, notBefore, answer);
        Post post = new Post(run, messageId, CommandMail.encode(command));
        PostOutcome outcome = store.backend().post(List.of(post)).get(0);
        if (outcome.kind() == PostOutcome.Kind.POSTED) {
            answers.add(asked);
            posted.accept(post, outcome);
        } else if (outcome.kind() == PostOutcome.Kind.DUPLICATE) {
            String decided = answers.decided(asked, store.backend());
            if (decided != null) {
                answer.complete(decided);
            }
        }
        return outcome;
    }
}
