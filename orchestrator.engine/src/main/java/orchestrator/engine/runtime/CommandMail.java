package orchestrator.engine.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import orchestrator.engine.core.Command;
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

    static Command decode(byte[] body) {
        Map<?, ?> message = (Map<?, ?>) Json.read(body);
        return switch (String.valueOf(message.get("command"))) {
            case "pause" -> new Command.Pause();
            case "resume" -> new Command.Resume();
            case "cancel" -> new Command.Cancel(String.valueOf(message.get("reason")));
            default ->
                    throw new IllegalArgumentException(
                            "Expected a command that this release knows, but found "
                                    + new String(body, StandardCharsets.UTF_8));
        };
    }
}
