package itests.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import orchestrator.api.TaskContext;

/** The list of all bodies that began: a file for each process, a line for each body, there also after SIGKILL. */
final class BodyLog {
    private final String node;
    private final FileChannel file;

    BodyLog(Path folder, String node) throws IOException {
        this.node = node;
        long process = ProcessHandle.current().pid();
        file =
                FileChannel.open(
                        folder.resolve(node + "-" + process + ".bodies"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
    }

    /** A body that began. */
    record Begun(String key, int attempt, String node, Instant at) {
        /** The run. */
        String run() {
            return key.substring(0, key.indexOf('/'));
        }
    }

    void begin(TaskContext context) throws IOException {
        String line =
                "%s %d %s %s%n"
                        .formatted(
                                context.idempotencyKey(), context.attempt(), node, Instant.now());
        file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** All bodies of all processes. */
    static List<Begun> read(Path folder) throws IOException {
        List<Begun> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".bodies")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ");
                    if (words.length == 4) { // the last may be torn
                        all.add(
                                new Begun(
                                        words[0],
                                        Integer.parseInt(words[1]),
                                        words[2],
                                        Instant.parse(words[3])));
                    }
                }
            }
        }
        return all;
    }
}
