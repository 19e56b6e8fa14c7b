package itests.process.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** How long a bundle took to stop each time, and until it had started again; and a line for each event of any bundle. */
final class Pauses implements SynchronousBundleListener {
    private static final Map<Integer, String> NAMES =
            Map.of(
                    BundleEvent.STARTED, "started",
                    BundleEvent.STOPPED, "stopped",
                    BundleEvent.UPDATED, "updated",
                    BundleEvent.UNRESOLVED, "unresolved",
                    BundleEvent.UNINSTALLED, "uninstalled");

    private final String bundle;
    private final Path events;
    private long began;
    private int stops;
    private int starts;
    private long lastStop;
    private long longestStop;
    private long longestGap;

    /**
     * @param bundle its symbolic name
     * @param events the file of the events
     */
    Pauses(String bundle, Path events) {
        this.bundle = bundle;
        this.events = events;
    }

    @Override
    public synchronized void bundleChanged(BundleEvent event) {
        String name = NAMES.get(event.getType());
        if (name != null) {
            write("%s %s%n".formatted(event.getBundle().getSymbolicName(), name));
        }
        if (!event.getBundle().getSymbolicName().equals(bundle)) {
            return;
        }
        switch (event.getType()) {
            case BundleEvent.STOPPING -> began = System.nanoTime();
            case BundleEvent.STOPPED -> {
                stops++;
                lastStop = System.nanoTime() - began;
                longestStop = Math.max(longestStop, lastStop);
            }
            case BundleEvent.STARTED -> {
                starts++;
                longestGap = Math.max(longestGap, stops == 0 ? 0 : System.nanoTime() - began);
            }
            default -> {
                // It is of no interest here.
            }
        }
    }

    private void write(String line) {
        try {
            Files.writeString(events, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void tell(Properties status) {
        put(status, "stops", stops);
        put(status, "starts", starts);
        put(status, "stop.last", TimeUnit.NANOSECONDS.toMillis(lastStop));
        put(status, "stop.longest", TimeUnit.NANOSECONDS.toMillis(longestStop));
        put(status, "gap.longest", TimeUnit.NANOSECONDS.toMillis(longestGap));
    }

    private static void put(Properties status, String key, long value) {
        status.setProperty(key, Long.toString(value));
    }
}
