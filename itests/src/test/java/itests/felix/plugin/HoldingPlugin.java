package itests.felix.plugin;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A plugin whose task says that it is at work, and does not end before it is asked to. */
public final class HoldingPlugin implements BundleActivator, Task {
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
    public Object execute(TaskContext context) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        context.onCancel(asked::countDown);
        context.progress(0.5, "at work");
        asked.await();
        throw new InterruptedException("asked to end");
    }
}
