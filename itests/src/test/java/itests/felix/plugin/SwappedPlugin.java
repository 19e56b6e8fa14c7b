package itests.felix.plugin;

import java.util.Hashtable;
import java.util.Map;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers a task that binds its input and its result to types of its own, and tells the version of its bundle. */
public final class SwappedPlugin implements BundleActivator, Task {
    private static final ThreadLocal<Worked> WORKED = new ThreadLocal<>();

    private String version;

    /** What the task takes. */
    public record Work(long millis) {}

    /** What the task gives. */
    public record Worked(String version) {}

    @Override
    @SuppressWarnings("JdkObsolete") // what the framework asks for
    public void start(BundleContext context) {
        version = context.getBundle().getVersion().toString();
        context.registerService(
                Task.class,
                this,
                new Hashtable<>(
                        Map.of("task.name", context.getBundle().getSymbolicName() + ".work")));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }

    @Override
    public Object execute(TaskContext context) throws InterruptedException {
        context.log().log(System.Logger.Level.INFO, "{0} works", this);
        context.onCancel(WORKED::remove);
        Thread.sleep(context.input(Work.class).millis());
        WORKED.set(new Worked(version)); // left behind on the thread, as careless plugins do
        return WORKED.get();
    }
}
