package itests.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.osgi.framework.Version;

/**
 * How the load stood at one moment; see {@code itests.process.load}.
 *
 * @param at milliseconds of the clock
 * @param finished whether no more is started and all has ended
 * @param flight runs in flight
 * @param refused starts that were refused and asked for again
 * @param versions how many runs ended with a result of each version
 * @param stops how often the watched bundle has stopped
 * @param lastStop how long it took to stop last, in milliseconds
 * @param longestStop the longest of these
 * @param longestGap the longest time from the beginning of a stop to the next start, in milliseconds
 */
record LoadStatus(
        long at,
        boolean finished,
        int flight,
        long accepted,
        long refused,
        long completed,
        long failed,
        Map<Version, Long> versions,
        int stops,
        long lastStop,
        long longestStop,
        long longestGap) {
    private static final String VERSION = "version.";

    /** As of now; nothing was done yet if there is no file. */
    static LoadStatus read(Path folder) {
        Properties found = new Properties();
        Path file = folder.resolve("status.properties");
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                found.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return of(found);
    }

    private static LoadStatus of(Properties found) {
        Map<Version, Long> versions = new TreeMap<>();
        for (String key : found.stringPropertyNames()) {
            if (key.startsWith(VERSION)) {
                versions.put(new Version(key.substring(VERSION.length())), number(found, key));
            }
        }
        return new LoadStatus(
                number(found, "at"),
                Boolean.parseBoolean(found.getProperty("finished")),
                (int) number(found, "flight"),
                number(found, "accepted"),
                number(found, "refused"),
                number(found, "completed"),
                number(found, "failed"),
                versions,
                (int) number(found, "stops"),
                number(found, "stop.last"),
                number(found, "stop.longest"),
                number(found, "gap.longest"));
    }

    private static long number(Properties found, String key) {
        return Long.parseLong(found.getProperty(key, "0"));
    }

    /** How many runs ended with a result of that version. */
    long of(String version) {
        return versions.getOrDefault(new Version(version), 0L);
    }
}
