package orchestrator.engine.runtime;

import java.util.Map;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Json;

/** Operators' commands as messages of an inbox. */
final class CommandMail {
    private CommandMail() {}

    static byte[] encode(Command command) {
        if (command instanceof Command.Pause) {
            return Json.write(Map.of("command", "pause"));
        } else if (command instanceof Command.Resume) {
            return Json.write(Map.of("command", "resume"));
        } else if (command instanceof Command.Cancel cancel) {
            return Json.write(Map.of("command", "cancel", "reason", cancel.reason()));
        }
        throw new IllegalArgumentException("Expected an operator's command, but found " + command);
    }

    /** What a message says. One that cannot be read is {@link Command.Unreadable}. */
    static Command decode(byte[] body) {
        Object name = null;
        try {
            if (Json.read(body) instanceof Map<?, ?> message) {
                name = message.get("command");
                if ("pause".equals(name)) {
                    return new Command.Pause();
                } else if ("resume".equals(name)) {
                    return new Command.Resume();
                } else if ("cancel".equals(name)) {
                    return new Command.Cancel(String.valueOf(message.get("reason")));
                }
            }
        } catch (IllegalArgumentException e) {
            name = e.getMessage();
        }
        return new Command.Unreadable(
                Limits.error("Expected a command that this release knows, but found " + name));
    }
}
