package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/** The commands of one batch, each with what was decided on it; who sent them is told when that is durable. */
final class Decided {
    private final InboxMark inbox;
    private final List<Message.Tell> commands = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final List<Long> consumed = new ArrayList<>();

    /**
     * @param inbox knows the messages that were taken in before
     */
    Decided(InboxMark inbox) {
        this.inbox = inbox;
    }

    /** Whether a command is to be decided on: it came without a message, or with a new one, which is taken in. */
    boolean takes(Message.Tell command) {
        if (command.mail() == null) {
            return true;
        }
        boolean isNew = inbox.take(command.mail().number());
        if (isNew) {
            consumed.add(command.mail().number());
        }
        return isNew;
    }

    /** @param refused why the command was refused, or null */
    void add(Message.Tell command, String refused) {
        commands.add(command);
        answers.add(refused == null ? "" : refused);
    }

    List<Message.Tell> commands() {
        return commands;
    }

    /** The messages that were taken in, by number. */
    List<Long> consumed() {
        return consumed;
    }

    void answer() {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).reply(answers.get(i));
        }
    }
}
