package orchestrator.engine.osgi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/**
 * A service with one object for each bundle, so that the caller is known. It stays, with what the bundle did through it,
 * until the bundle stops, even if the bundle ungets it before.
 */
final class Callers<T> implements ServiceFactory<T>, SynchronousBundleListener {
    private final Function<Bundle, T> open;
    private final Consumer<T> close;
    private final Map<Bundle, T> services = new ConcurrentHashMap<>();

    Callers(Function<Bundle, T> open, Consumer<T> close) {
        this.open = open;
        this.close = close;
    }

    @Override
    public T getService(Bundle bundle, ServiceRegistration<T> registration) {
        return services.computeIfAbsent(bundle, open);
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<T> registration, T service) {
        // what the bundle did through it stays until the bundle stops
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            T service = services.remove(event.getBundle());
            if (service != null) {
                close.accept(service);
            }
        }
    }

    void close() {
        List.copyOf(services.values()).forEach(close);
        services.clear();
    }
}
