package orchestrator.engine.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.engine.service.Services;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A bundle that registers workflows: its functions become task services of its own, which leave with it. */
final class BundleCaller implements Services.Caller {
    private final Bundle bundle;

    BundleCaller(Bundle bundle) {
        this.bundle = bundle;
    }

    @Override
    public String name() {
        return bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
    }

    @Override
    public String bundle() {
        return bundle.getSymbolicName();
    }

    @Override
    public String version() {
        return bundle.getVersion().toString();
    }

    @Override
    public Runnable offer(Map<String, Task> functions) {
        BundleContext context = bundle.getBundleContext();
        List<ServiceRegistration<Task>> registrations = new ArrayList<>();
        functions.forEach(
                (name, task) -> {
                    registrations.add(
                            context.registerService(
                                    Task.class,
                                    task,
                                    FrameworkUtil.asDictionary(Map.of("task.name", name))));
                });
        return () -> registrations.forEach(BundleCaller::unregister);
    }

    private static void unregister(ServiceRegistration<Task> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // its bundle has stopped: it is gone already
            return;
        }
    }
}
