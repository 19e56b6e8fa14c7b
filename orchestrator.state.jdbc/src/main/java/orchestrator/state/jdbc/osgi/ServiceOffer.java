package orchestrator.state.jdbc.osgi;

import java.util.Dictionary;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.state.StateBackend;
import orchestrator.state.jdbc.JdbcStateBackend;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** The backend as a service in the registry. */
final class ServiceOffer implements StoreWatch.Offer {
    private final BundleContext context;
    private final AtomicReference<ServiceRegistration<StateBackend>> registration =
            new AtomicReference<>();

    ServiceOffer(BundleContext context) {
        this.context = context;
    }

    @Override
    public void offer(JdbcStateBackend backend) {
        if (registration.get() == null) {
            Dictionary<String, Object> properties =
                    FrameworkUtil.asDictionary(
                            Map.of(
                                    StateBackend.STATE_NAME,
                                    "jdbc",
                                    StateBackend.STATE_DURABLE,
                                    true));
            registration.set(context.registerService(StateBackend.class, backend, properties));
        }
    }

    @Override
    public void withdraw() {
        ServiceRegistration<StateBackend> former = registration.getAndSet(null);
        if (former != null) {
            former.unregister();
        }
    }
}
