package itests.felix.plugin;

import java.util.Hashtable;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The next version of a plugin: its task gives a result at once. */
public final class GivingPlugin implements BundleActivator, Task {
    @SuppressWarnings("JdkObsolete") // there is no other Dictionary
    private static final Hashtable<String, String> NAME =
            new Hashtable<>(Map.of("task.name", "itests.plugin.work"));

    @Override
    public void start(BundleContext context) {
        context.registerService(Task.class, this, NAME);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }

    @Override
    public Object execute(TaskContext context) {
        return "given at attempt " + context.attempt();
    }
}
