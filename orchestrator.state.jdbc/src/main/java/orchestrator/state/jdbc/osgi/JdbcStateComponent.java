package orchestrator.state.jdbc.osgi;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Looks after the store on a thread of its own, so that neither activation nor anybody's binding waits for a database.
 * It is no service itself: the backend is one, while its store is there.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "orchestrator.state.jdbc")
@Designate(ocd = JdbcStateConfig.class)
public final class JdbcStateComponent {
    private static final Duration STOP = Duration.ofSeconds(5);

    private final StoreWatch watch;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "orchestrator-store");

    /** Starts nothing yet. */
    @Activate
    public JdbcStateComponent(BundleContext context, JdbcStateConfig config) {
        StoreOpener opener =
                new StoreOpener(StoreSettings.of(config), context::getProperty, System.getenv());
        this.watch = new StoreWatch(opener::open, new ServiceOffer(context), System::nanoTime);
    }

    /** Begins to open the store. */
    @Activate
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Withdraws the backend and closes the store; waits for that, but not for a server that does not answer. */
    @Deactivate
    public void stop() throws InterruptedException {
        stop.countDown();
        thread.join(STOP.toMillis());
    }

    private void watch() {
        try {
            Duration wait = watch.step();
            while (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = watch.step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
    }
}
