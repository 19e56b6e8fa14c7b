package itests.process.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;

/**
 * A task that writes to a file, durably, that a body began, and then takes its time. While the file {@code hold}
 * exists it does not return: whoever starts runs can have all of them in flight before the first goes on.
 */
public final class RecordTask implements Task {
    /** The last word of a line that is whole. */
    public static final String END = "begun";

    @Override
    public Object execute(TaskContext context) throws Exception {
        append(Path.of(context.input("log", String.class)), line(context));
        Path hold = Path.of(context.input("hold", String.class));
        do {
            Thread.sleep(context.input("millis", Long.class));
        } while (Files.exists(hold));
        return context.step();
    }

    /** Read by {@code itests.process.ProbeLog}. It begins with the line break: the line before may be half a line. */
    private static String line(TaskContext context) {
        return "\n%s %d %d %s %s"
                .formatted(
                        context.idempotencyKey(),
                        context.attempt(),
                        ProcessHandle.current().pid(),
                        Instant.now(),
                        END);
    }

    /** One write call in append mode: lines of several threads do not mix. */
    private static void append(Path file, String line) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }
}
