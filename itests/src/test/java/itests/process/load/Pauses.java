package itests.process.load;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** How long a bundle took to stop each time, and until it had started again. */
final class Pauses implements SynchronousBundleListener {
    private final String bundle;
    private long began;
    private int stops;
    private int starts;
    private long lastStop;
    private long longestStop;
    private long longestGap;

    /**
     * @param bundle its symbolic name
     */
    Pauses(String bundle) {
        this.bundle = bundle;
    }

    @Override
    public synchronized void bundleChanged(BundleEvent event) {
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
