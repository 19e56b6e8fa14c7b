package orchestrator.shell.doctor.plugin;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts a thread, and does not stop it. */
public final class LeakingPlugin implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String version = context.getBundle().getVersion().toString();
        new Thread(new Poller(), "poller of " + version).start();
    }

    @Override
    public void stop(BundleContext context) {
        // what should be here is not
    }

    /** Runs until it is interrupted. */
    static final class Poller implements Runnable {
        @Override
        public void run() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return; // the test is over
            }
        }
    }
}
