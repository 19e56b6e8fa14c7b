package orchestrator.state.jdbc.osgi;

import java.time.Duration;
import java.util.concurrent.Semaphore;
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

    private final DataSources sources;
    private final StoreWatch watch;
    private final Semaphore changes = new Semaphore(0);
    private volatile boolean stopped;
    private final Thread thread = new Thread(this::watch, "orchestrator-store");

    /** Starts nothing yet. */
    @Activate
    public JdbcStateComponent(BundleContext context, JdbcStateConfig config) {
        StoreSettings settings = StoreSettings.of(config);
        this.sources =
                settings.datasource().isEmpty()
                        ? null
                        : new DataSources(context, settings.datasource(), changes::release);
        StoreOpener opener =
                new StoreOpener(settings, sources, context::getProperty, System.getenv());
        this.watch = new StoreWatch(opener, new ServiceOffer(context), System::nanoTime);
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
        stopped = true;
        changes.release();
        thread.join(STOP.toMillis());
    }

    private void watch() {
        try {
            while (!stopped) {
                Duration wait = watch.step();
                // A data source that came is looked at at once.
                changes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
            if (sources != null) {
                sources.close();
            }
        }
    }
}
