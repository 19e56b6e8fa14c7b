package itests.process.swap;

import java.util.Hashtable;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers {@code NAME.work} without any component model. */
public final class SwapActivator implements BundleActivator {
    @Override
    @SuppressWarnings("JdkObsolete") // what the framework asks for
    public void start(BundleContext context) {
        Bundle bundle = context.getBundle();
        boolean fails = Boolean.parseBoolean(bundle.getHeaders().get("Swap-Fails"));
        context.registerService(
                Task.class,
                fails ? SwapActivator::fail : new WorkTask(bundle.getVersion().toString()),
                new Hashtable<>(Map.of("task.name", bundle.getSymbolicName() + ".work")));
    }

    private static Object fail(TaskContext task) {
        throw new IllegalStateException("this version fails at " + task.step());
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
