package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import orchestrator.api.state.Post;
import orchestrator.engine.core.ChildId;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;
import orchestrator.engine.time.Scheduler;

/**
 * What a run writes to its parent and to its children. The id of a message says what it says, so that writing it again
 * is writing it once. Called on the run's thread.
 */
final class RunLetters {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String run;
    private final Outbox outbox;
    private final Scheduler scheduler;
    private final Consumer<Message> mailbox;
    private final Map<String, CompletableFuture<?>> newest = new HashMap<>(); // to each, in order
    private int onTheWay;
    private CompletableFuture<Void> told; // of the end
    private boolean closed;

    RunLetters(String run, Outbox outbox, Scheduler scheduler, Consumer<Message> mailbox) {
        this.run = run;
        this.outbox = outbox;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
    }

    /** Holds the children, each once its creation is settled. */
    void pause(RunState state, Map<String, CompletableFuture<?>> children) {
        toEach(children, "pause", state.hold().pauses(), new Command.Pause());
    }

    /** Lets the children go on. */
    void resume(RunState state, Map<String, CompletableFuture<?>> children) {
        toEach(children, "resume", state.hold().pauses(), new Command.Resume());
    }

    /** Ends a child that the run has given up, once its creation is settled. */
    void cancel(RunState state, ChildId child, CompletableFuture<?> created) {
        send(cancellation(state, child), created);
    }

    private Post cancellation(RunState state, ChildId child) {
        Command cancel =
                new Command.Cancel("run %s has given it up".formatted(run), state.isUndone(child));
        return new Post(
                ChildRuns.id(run, state, child), "cancel:" + run, CommandMail.encode(cancel));
    }

    private void toEach(
            Map<String, CompletableFuture<?>> children, String word, int time, Command command) {
        byte[] body = CommandMail.encode(command);
        children.forEach(
                (child, created) ->
                        send(new Post(child, word + ":" + run + ":" + time, body), created));
    }

    /** What the run has to hear of, by the inbox: there it is only once, whoever else writes it. */
    void toItself(Post post) {
        send(post, CompletableFuture.completedFuture(null));
    }

    private void send(Post post, CompletableFuture<?> first) {
        onTheWay++;
        newest.put(
                post.run(),
                newest.getOrDefault(post.run(), first)
                        .handle((outcome, e) -> List.of(post))
                        .thenCompose(outbox::post)
                        .whenComplete(
                                (nothing, e) -> mailbox.accept(new Message.Look(this::arrived))));
    }

    private void arrived(RunState state) {
        onTheWay--;
        if (onTheWay == 0) {
            newest.clear();
        }
    }

    /** Whether the store has answered all that was written. */
    boolean isQuiet() {
        return onTheWay == 0;
    }

    /** Tells of the run's end; when all know, the run can be closed. */
    void end(RunState state, Collection<CompletableFuture<?>> creating) {
        if (told != null || closed) {
            return;
        }
        List<Post> posts = new ArrayList<>();
        state.strays().forEach(child -> posts.add(cancellation(state, child)));
        if (state.created().parent() != null) {
            posts.add(ChildRuns.end(state.created().parent().run(), ChildRuns.ended(run, state)));
        }
        told =
                CompletableFuture.allOf(creating.toArray(new CompletableFuture<?>[0]))
                        .handle((nothing, e) -> posts)
                        .thenCompose(outbox::post)
                        .whenComplete(
                                (nothing, e) -> {
                                    if (e == null) {
                                        mailbox.accept(Message.Tell.of(new Command.Close()));
                                    } else {
                                        mailbox.accept(new Message.Look(s -> again()));
                                    }
                                });
    }

    private void again() {
        told = null;
        scheduler.schedule(PAUSE, () -> mailbox.accept(new Message.Look(s -> end(s, List.of()))));
    }

    /** Nothing is written from now on. */
    void close() {
        closed = true;
    }
}
