package orchestrator.engine.osgi;

import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import orchestrator.api.Task;
import orchestrator.engine.attempt.TaskBinding;
import orchestrator.engine.attempt.TaskSource;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.service.UnusableTasks;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers {@link Task} services to the engine. When one goes, its attempts may end within the drain time; the framework
 * waits for them, and no lock is held.
 */
final class TaskTracker extends ServiceTracker<Task, AtomicReference<TaskTracker.Offer>> {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTracker.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]{0,399}");

    private final Engine engine;
    private final UnusableTasks unusable;

    TaskTracker(BundleContext context, Engine engine, UnusableTasks unusable) {
        super(context, Task.class, null);
        this.engine = engine;
        this.unusable = unusable;
    }

    /** What became of a service. */
    sealed interface Offer {}

    /** A service that was taken, and how it is given back. */
    private record Taken(TaskBinding binding, Runnable giveBack) implements Offer {}

    /** A service that could not be taken. */
    private record Refused(Runnable forget) implements Offer {}

    @Override
    public AtomicReference<Offer> addingService(ServiceReference<Task> reference) {
        Offer offer = offer(reference);
        return offer == null ? null : new AtomicReference<>(offer);
    }

    private Offer offer(ServiceReference<Task> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle == null) {
            return null;
        }
        String source = bundle.getSymbolicName() + " [" + bundle.getBundleId() + "]";
        if (!(reference.getProperty("task.name") instanceof String name)
                || !NAME.matcher(name).matches()) {
            Object found = reference.getProperty("task.name");
            return refuse(
                    String.valueOf(found),
                    source,
                    "Expected the service property task.name with a name of letters, digits and . _ - /, but found '%s'"
                            .formatted(found));
        }
        try {
            Taken taken = take(reference, name, source, bundle);
            engine.tasks().add(taken.binding);
            LOG.info("Task {} {} of {} is on offer", name, taken.binding.version(), source);
            return taken;
        } catch (RuntimeException | LinkageError e) {
            return refuse(name, source, "Expected a Task service, but " + e);
        }
    }

    private Refused refuse(String name, String source, String problem) {
        LOG.error("A task of {} cannot be used. {}", source, problem);
        return new Refused(unusable.show(name, source, problem));
    }

    private Taken take(
            ServiceReference<Task> reference, String name, String source, Bundle bundle) {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        boolean prototype =
                Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE));
        TaskSource tasksOfService;
        Runnable giveBack = () -> {};
        if (prototype) {
            tasksOfService = new PrototypeSource(context.getServiceObjects(reference));
        } else {
            Task task = context.getService(reference);
            if (task == null) {
                throw new IllegalStateException("the service gave no object; see the log");
            }
            tasksOfService = TaskSource.of(task);
            giveBack = () -> context.ungetService(reference);
        }
        TaskBinding binding =
                new TaskBinding(name, version(reference, bundle), source, loader, tasksOfService);
        return new Taken(binding, giveBack);
    }

    @Override
    public void removedService(ServiceReference<Task> reference, AtomicReference<Offer> tracked) {
        end(tracked.getAndSet(null));
    }

    private void end(Offer offer) {
        if (offer instanceof Refused refused) {
            refused.forget.run();
        } else if (offer instanceof Taken taken) {
            engine.tasks().remove(taken.binding);
            taken.binding.drain(engine.limits().drain());
            taken.giveBack.run();
            engine.retireThreads();
            LOG.info("Task {} {} has left", taken.binding.name(), taken.binding.version());
        }
    }

    /** Another name or version is another offer, which comes before the old one goes: there is no gap. */
    @Override
    public void modifiedService(ServiceReference<Task> reference, AtomicReference<Offer> tracked) {
        Offer before = tracked.get();
        if (before instanceof Taken taken
                && taken.binding.name().equals(reference.getProperty("task.name"))
                && taken.binding.version().equals(version(reference, reference.getBundle()))) {
            return;
        }
        Offer now = offer(reference);
        end(tracked.compareAndSet(before, now) ? before : now); // it may have gone meanwhile
    }

    private static String version(ServiceReference<Task> reference, Bundle bundle) {
        Object version = reference.getProperty("task.version");
        if (version != null) {
            return version.toString();
        }
        return bundle == null ? "" : bundle.getVersion().toString();
    }

    /** One object for each attempt. */
    private record PrototypeSource(ServiceObjects<Task> objects) implements TaskSource {
        @Override
        public Task get() {
            try {
                return objects.getService();
            } catch (IllegalStateException e) {
                return null; // it has gone
            }
        }

        @Override
        public void unget(Task task) {
            try {
                objects.ungetService(task);
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.debug("A task was given back after its service had gone", e);
            }
        }
    }
}
