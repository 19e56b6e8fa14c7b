package itests.process.swap;

import java.util.Hashtable;
import java.util.Map;
import orchestrator.api.Task;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers {@code swap.work} without any component model. */
public final class SwapActivator implements BundleActivator {
    @Override
    @SuppressWarnings("JdkObsolete") // what the framework asks for
    public void start(BundleContext context) {
        context.registerService(
                Task.class,
                new WorkTask(context.getBundle().getVersion().toString()),
                new Hashtable<>(Map.of("task.name", "swap.work")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
