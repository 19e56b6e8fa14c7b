package itests.process.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What runs were asked for, by number, and what came of each: a file of lines to which an instance after this one adds.
 * Thread safe.
 */
final class Ledger {
    private final Set<Long> open = new TreeSet<>();
    private final Set<Long> accepted = new TreeSet<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final Writer file;
    private long next;
    private long completed;
    private long failed;

    /**
     * @param path of its file
     */
    Ledger(Path path) {
        try {
            if (Files.exists(path)) {
                Files.readAllLines(path).forEach(this::follow);
            }
            file =
                    Files.newBufferedWriter(
                            path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first number that was not asked for. */
    synchronized long next() {
        return next;
    }

    /** Those whose end is not known. */
    synchronized Set<Long> open() {
        return Set.copyOf(open);
    }

    /** Whether the end of all that was asked for is known. */
    synchronized boolean isSettled() {
        return open.isEmpty();
    }

    /** Before it is asked for, as often as need be. */
    synchronized void asked(long n) {
        if (!open.contains(n) && !accepted.contains(n)) {
            write("asked %d".formatted(n));
        }
    }

    /** A number that was accepted before is accepted once. */
    synchronized void accepted(long n, String run) {
        if (!accepted.contains(n)) {
            write("accepted %d %s".formatted(n, run));
        }
    }

    /** @return whether it is news */
    synchronized boolean completed(long n, String version) {
        return ended(n, "completed %d %s".formatted(n, version));
    }

    /** @return whether it is news */
    synchronized boolean failed(long n, String why) {
        return ended(n, "failed %d %s".formatted(n, why.replace('\n', ' ')));
    }

    private boolean ended(long n, String line) {
        boolean isNews = open.contains(n);
        if (isNews) {
            write(line);
        }
        return isNews;
    }

    private void write(String line) {
        follow(line);
        try {
            file.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void follow(String line) {
        String[] words = line.split(" ", 3);
        long n = Long.parseLong(words[1]);
        switch (words[0]) {
            case "asked" -> {
                open.add(n);
                next = Math.max(next, n + 1);
            }
            case "accepted" -> accepted.add(n);
            case "completed" -> {
                open.remove(n);
                completed++;
                versions.merge(words[2], 1L, Long::sum);
            }
            default -> {
                open.remove(n);
                failed++;
            }
        }
    }

    synchronized void tell(Properties status) throws IOException {
        file.flush();
        status.setProperty("flight", Integer.toString(open.size()));
        status.setProperty("accepted", Integer.toString(accepted.size()));
        status.setProperty("completed", Long.toString(completed));
        status.setProperty("failed", Long.toString(failed));
        versions.forEach((version, n) -> status.setProperty("version." + version, n.toString()));
    }

    synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
