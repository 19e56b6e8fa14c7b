package orchestrator.examples.knowledge.notice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * A file with a line for each notification: time, key and message, with tabs between. A key is written once. Thread safe.
 */
public final class Notifications {
    private final Clock clock;

    /**
     * @param clock the time that lines are dated with
     */
    public Notifications(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a line, durably, unless one with this key is there.
     *
     * @return whether it was added
     */
    public synchronized boolean append(Path file, String key, String message) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            byte[] before = Channels.newInputStream(channel).readAllBytes();
            if (holds(new String(before, StandardCharsets.UTF_8), line(key))) {
                return false;
            }
            // A line without its end is what a crash left of an earlier attempt.
            boolean torn = before.length > 0 && before[before.length - 1] != '\n';
            String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            String text =
                    (torn ? "\n" : "") + time + "\t" + line(key) + "\t" + line(message) + "\n";
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            channel.position(before.length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return true;
        }
    }

    private static boolean holds(String text, String key) {
        // The last part is empty, or a line without its end.
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            String[] parts = lines[i].split("\t", 3);
            if (parts.length == 3 && parts[1].equals(key)) {
                return true;
            }
        }
        return false;
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
