package orchestrator.engine.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** Commands of operators and of other runs as messages of an inbox. */
final class CommandMail {
    private CommandMail() {}

    static byte[] encode(Command command) {
        if (command instanceof Command.Pause) {
            return Json.write(Map.of("command", "pause"));
        } else if (command instanceof Command.Resume) {
            return Json.write(Map.of("command", "resume"));
        } else if (command instanceof Command.Cancel cancel) {
            return Json.write(
                    Map.of(
                            "command",
                            "cancel",
                            "reason",
                            cancel.reason(),
                            "compensate",
                            cancel.compensate()));
        } else if (command instanceof Command.Migrate migrate) {
            return Json.write(Map.of("command", "migrate", "definition", migrate.definition()));
        } else if (command instanceof Command.SaveState save) {
            Map<String, Object> values = new LinkedHashMap<>();
            save.values().forEach((name, value) -> values.put(name, value.value()));
            return Json.write(Map.of("command", "save-state", "values", values));
        } else if (command instanceof Command.NoteProgress note) {
            return Json.write(
                    Map.of(
                            "command",
                            "progress",
                            "percent",
                            note.percent(),
                            "message",
                            note.message()));
        } else if (command instanceof Command.EndChild end) {
            return encode(end);
        } else if (command instanceof Command.Signal signal) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("command", "signal");
            message.put("id", signal.id());
            message.put("name", signal.name());
            message.put("payload", signal.payload().value());
            return Json.write(message);
        }
        throw new IllegalArgumentException(
                "Expected a command that can be sent, but found " + command);
    }

    private static byte[] encode(Command.EndChild end) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("command", "end-child");
        message.put("step", end.step());
        message.put("item", end.item());
        message.put("attempt", end.attempt());
        message.put("run", end.run());
        message.put("status", end.status().name());
        message.put("version", end.version());
        if (end.code() == null) {
            message.put("output", end.output() == null ? null : end.output().value());
        } else {
            message.put("code", end.code());
            message.put("message", end.message());
        }
        return Json.write(message);
    }

    private static Command endChild(Map<?, ?> message) {
        Object code = message.get("code");
        return new Command.EndChild(
                String.valueOf(message.get("step")),
                number(message.get("item")),
                number(message.get("attempt")),
                String.valueOf(message.get("run")),
                RunStatus.valueOf(String.valueOf(message.get("status"))),
                String.valueOf(message.get("version")),
                code == null ? Payload.ofTree(message.get("output")) : null,
                code == null ? null : String.valueOf(code),
                code == null ? null : String.valueOf(message.get("message")));
    }

    private static Command saveState(Map<?, ?> values) {
        Map<String, Payload> payloads = new LinkedHashMap<>();
        values.forEach((name, value) -> payloads.put((String) name, Payload.ofTree(value)));
        return new Command.SaveState(payloads);
    }

    private static int number(Object value) {
        if (value instanceof Long number) {
            return number.intValue();
        }
        throw new IllegalArgumentException("Expected a number, but found " + value);
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
                    return new Command.Cancel(
                            String.valueOf(message.get("reason")),
                            Boolean.TRUE.equals(message.get("compensate")));
                } else if ("signal".equals(name)) {
                    return new Command.Signal(
                            String.valueOf(message.get("id")),
                            String.valueOf(message.get("name")),
                            Payload.ofTree(message.get("payload")));
                } else if ("save-state".equals(name)) {
                    return saveState((Map<?, ?>) message.get("values"));
                } else if ("progress".equals(name)) {
                    return new Command.NoteProgress(
                            number(message.get("percent")), String.valueOf(message.get("message")));
                } else if ("migrate".equals(name)) {
                    return new Command.Migrate(String.valueOf(message.get("definition")), null);
                } else if ("end-child".equals(name)) {
                    return endChild(message);
                }
            }
        } catch (IllegalArgumentException e) {
            name = e.getMessage();
        }
        return new Command.Unreadable(
                Limits.error("Expected a command that this release knows, but found " + name));
    }
}
