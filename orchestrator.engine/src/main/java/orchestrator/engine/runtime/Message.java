package orchestrator.engine.runtime;

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
     * @param asked who waits for what becomes of it, told when that is durable; may be null
     */
    record Tell(Command command, Attempt attempt, Mail mail, Answers.Asked asked)
            implements Message {
        static Tell of(Command command) {
            return new Tell(command, null, null, null);
        }

        /** @param asked who waits for what becomes of it, or null */
        static Tell of(Mail mail, Answers.Asked asked) {
            return new Tell(CommandMail.decode(mail.body()), null, mail, asked);
        }

        /** Answers, if somebody waits for it. */
        void reply(String text) {
            if (asked != null) {
                asked.answer().complete(text);
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
