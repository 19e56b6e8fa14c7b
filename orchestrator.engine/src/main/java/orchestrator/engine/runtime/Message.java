package orchestrator.engine.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import orchestrator.api.state.Mail;
import orchestrator.engine.attempt.Attempt;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.RunState;

/** What a run's mailbox holds. */
sealed interface Message {

    /**
     * A command.
     *
     * @param attempt the attempt that ended with it, or null
     * @param mail the inbox message that carried it, or null
     * @param answer completed with an empty text when it is durable, or with why it was refused; may be null
     */
    record Tell(Command command, Attempt attempt, Mail mail, CompletableFuture<String> answer)
            implements Message {
        static Tell of(Command command) {
            return new Tell(command, null, null, null);
        }

        /** @param answer who waits for it, or null */
        static Tell of(Mail mail, CompletableFuture<String> answer) {
            return new Tell(CommandMail.decode(mail.body()), null, mail, answer);
        }

        /** Answers, if somebody waits for it. */
        void reply(String text) {
            if (answer != null) {
                answer.complete(text);
            }
        }
    }

    /** A look at the state, taken when all of it is durable. */
    record Look(Consumer<RunState> action) implements Message {}

    /** The run is to leave memory soon, because the engine stops: no more work is begun for it. */
    record Stop() implements Message {}

    /** The append on its way is settled. */
    record Settled(Writer.Settlement settlement) implements Message {}
}
