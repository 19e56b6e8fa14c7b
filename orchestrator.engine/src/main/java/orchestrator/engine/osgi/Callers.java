package orchestrator.engine.osgi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.run.WorkflowManager;
import orchestrator.engine.service.Services;
import orchestrator.engine.service.WorkflowManagerService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;

/** A {@link WorkflowManager} for each bundle, so that the caller is known; what it registered leaves when it stops. */
final class Callers implements ServiceFactory<WorkflowManager>, SynchronousBundleListener {
    private final Services services;
    private final Map<Bundle, WorkflowManagerService> managers = new ConcurrentHashMap<>();

    Callers(Services services) {
        this.services = services;
    }

    @Override
    public WorkflowManager getService(
            Bundle bundle, ServiceRegistration<WorkflowManager> registration) {
        return managers.computeIfAbsent(
                bundle, b -> new WorkflowManagerService(services, new BundleCaller(b)));
    }

    @Override
    public void ungetService(
            Bundle bundle,
            ServiceRegistration<WorkflowManager> registration,
            WorkflowManager service) {
        // what the bundle registered stays until the bundle stops
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            WorkflowManagerService manager = managers.remove(event.getBundle());
            if (manager != null) {
                manager.close();
            }
        }
    }

    void close() {
        List.copyOf(managers.values()).forEach(WorkflowManagerService::close);
        managers.clear();
    }
}
