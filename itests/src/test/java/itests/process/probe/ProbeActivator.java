package itests.process.probe;

import java.util.Hashtable;
import java.util.Map;
import orchestrator.api.Task;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the probe's tasks without any component model. */
public final class ProbeActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getSymbolicName();
        offer(context, name + ".record", new RecordTask());
        offer(context, name + ".fail", new FailTask());
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the services.
    }

    @SuppressWarnings("JdkObsolete") // what the framework asks for
    private static void offer(BundleContext context, String name, Task task) {
        context.registerService(Task.class, task, new Hashtable<>(Map.of("task.name", name)));
    }
}
