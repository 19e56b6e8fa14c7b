package itests.process.sick;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts a thread if its bundle says so, and never stops it. */
public final class SickActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getHeaders().get("Sick-Thread");
        if (name != null) {
            Thread thread = new Thread(new Poller(), name);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void stop(BundleContext context) {
        // what should be here is not
    }
}
