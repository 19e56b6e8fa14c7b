package itests.process;

import itests.process.probe.RecordTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The file in which the probe's task bodies wrote that they began. */
final class ProbeLog {
    private final Path file;

    ProbeLog(Path file) {
        this.file = file;
    }

    /** That a body began. */
    record Begun(String key, int attempt, long process, Instant at) {
        static Begun of(String line) {
            String[] words = line.split(" ");
            return new Begun(
                    words[0],
                    Integer.parseInt(words[1]),
                    Long.parseLong(words[2]),
                    Instant.parse(words[3]));
        }

        String run() {
            return key.substring(0, key.indexOf('/'));
        }

        /** The run that was accepted: this one, or the one that started it. */
        String accepted() {
            return run().replaceFirst("\\..*", "");
        }
    }

    Path file() {
        return file;
    }

    List<Begun> read() {
        return lines().stream().map(Begun::of).toList();
    }

    int count() {
        return lines().size();
    }

    /** Without those that a killed process could not finish. */
    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.endsWith(" " + RecordTask.END))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
