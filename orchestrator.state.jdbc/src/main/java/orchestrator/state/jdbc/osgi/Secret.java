package orchestrator.state.jdbc.osgi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import orchestrator.api.state.StateException;

/** A secret that configuration only refers to: {@code env:NAME} or {@code file:PATH}. */
final class Secret {
    private static final String ENV = "env:";
    private static final String FILE = "file:";

    private Secret() {}

    /** The secret, or null if there is no reference. */
    static String read(String reference, Map<String, String> environment) {
        if (reference.isEmpty()) {
            return null;
        }
        if (reference.startsWith(ENV)) {
            return fromEnvironment(reference.substring(ENV.length()), environment);
        }
        if (reference.startsWith(FILE)) {
            return fromFile(Path.of(reference.substring(FILE.length())));
        }
        throw new StateException(
                "Expected the password as env:NAME or file:PATH, but found neither", null);
    }

    private static String fromEnvironment(String name, Map<String, String> environment) {
        String value = environment.get(name);
        if (value == null) {
            throw new StateException(
                    "Expected the password in the environment variable "
                            + name
                            + ", but found it not set",
                    null);
        }
        return value;
    }

    private static String fromFile(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StateException("Expected the password in " + file + ", but found " + e, e);
        }
    }
}
