package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import orchestrator.engine.core.Command;

/** What a run was told and has not decided on yet, in order. Only the run's thread touches it. */
final class Commands {
    private final List<Message.Tell> waiting = new ArrayList<>();
    private final Set<Long> mail = new HashSet<>();
    private final UnaryOperator<Command> resolve;

    /**
     * @param resolve looks up what a command needs to be decided on
     */
    Commands(UnaryOperator<Command> resolve) {
        this.resolve = resolve;
    }

    /**
     * Whether attempts may begin before the commands are durable. Those that are lost are recorded before they are issued
     * again; what does harm is held before it starts.
     */
    static boolean letAttemptsBegin(Stream<Command> commands) {
        return commands.noneMatch(
                command ->
                        command instanceof Command.Recover
                                || command instanceof Command.Quarantine);
    }

    /** Adds a command; a message of the inbox that waits here already stays one, and who waits for its answer is told. */
    void add(Message.Tell tell) {
        if (tell.mail() == null || mail.add(tell.mail().number())) {
            waiting.add(tell);
        } else if (tell.asked() != null) {
            waiting.replaceAll(other -> isSame(other, tell) ? asked(other, tell) : other);
        }
    }

    private static boolean isSame(Message.Tell a, Message.Tell b) {
        return a.mail() != null && a.mail().number() == b.mail().number();
    }

    private static Message.Tell asked(Message.Tell waiting, Message.Tell again) {
        if (waiting.asked() == null) {
            return again;
        }
        CompletableFuture<Void> unused = waiting.asked().answer().thenAccept(again::reply);
        return waiting;
    }

    /** Puts commands back that were taken before those that wait here. */
    void putBack(List<Message.Tell> taken) {
        List<Message.Tell> later = List.copyOf(waiting);
        clear();
        addAll(taken);
        addAll(later);
    }

    void addAll(List<Message.Tell> tells) {
        tells.forEach(this::add);
    }

    /** All of it. */
    List<Message.Tell> take() {
        List<Message.Tell> all = new ArrayList<>();
        for (Message.Tell tell : waiting) {
            Command resolved = resolve.apply(tell.command());
            boolean same = resolved == tell.command();
            all.add(
                    same
                            ? tell
                            : new Message.Tell(
                                    resolved, tell.attempt(), tell.mail(), tell.asked()));
        }
        clear();
        return all;
    }

    private void clear() {
        waiting.clear();
        mail.clear();
    }

    /** Whether the run is told to close. */
    boolean close() {
        return waiting.stream().anyMatch(tell -> tell.command() instanceof Command.Close);
    }

    /**
     * The run has left. A message of the inbox may have been decided on before, or stays in the store for who takes the run
     * next: who waits for its answer learns it from there.
     *
     * @param posted is told of each message that came through the inbox
     */
    void refuse(Consumer<Message.Tell> posted) {
        for (Message.Tell tell : take()) {
            if (tell.mail() == null) {
                tell.reply("Expected a run of this node, but it has left");
            } else {
                posted.accept(tell);
            }
        }
    }
}
