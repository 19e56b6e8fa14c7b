package orchestrator.state.jdbc.sqlite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@link AcknowledgingWriter} in a JVM of its own. */
final class ChildProcess {
    private ChildProcess() {}

    static Process start(Path store, int batches, String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(AcknowledgingWriter.class.getName());
        command.add(store.toString());
        command.add(Integer.toString(batches));
        return new ProcessBuilder(command)
                .redirectError(new File(store.toFile(), "writer.err"))
                .start();
    }
}
