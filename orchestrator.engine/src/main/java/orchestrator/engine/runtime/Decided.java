package orchestrator.engine.runtime;

import java.util.ArrayList;
import java.util.List;

/** The commands of one batch, each with what was decided on it; who sent them is told when that is durable. */
final class Decided {
    private final List<Message.Tell> commands = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    /** @param refused why the command was refused, or null */
    void add(Message.Tell command, String refused) {
        commands.add(command);
        answers.add(refused == null ? "" : refused);
    }

    List<Message.Tell> commands() {
        return commands;
    }

    void answer() {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).reply(answers.get(i));
        }
    }
}
