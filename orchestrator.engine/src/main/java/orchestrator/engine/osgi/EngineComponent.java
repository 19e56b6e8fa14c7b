package orchestrator.engine.osgi;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import orchestrator.api.run.ResourceControl;
import orchestrator.api.run.StateMaintenance;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.api.run.WorkflowValidator;
import orchestrator.engine.maintenance.StateMaintenanceService;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.engine.service.ResourceControlService;
import orchestrator.engine.service.Services;
import orchestrator.engine.service.StateManagerService;
import orchestrator.engine.service.TaskExecutorService;
import orchestrator.engine.service.WorkflowManagerService;
import orchestrator.engine.service.WorkflowValidatorService;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the engine to the framework: backends, tasks and workflows come in by trackers; the services of the API go out
 * once the engine has entered its store.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = EngineConfig.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = EngineConfig.class)
@Capability(namespace = "osgi.implementation", name = "orchestrator", version = "1.0.0")
public final class EngineComponent {
    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);

    private final BundleContext context;
    private Settings settings;
    private Running running;

    /** Starts the engine; it does nothing until a store is there. */
    @Activate
    public EngineComponent(BundleContext context, EngineConfig config) throws IOException {
        this.context = context;
        take(config);
    }

    /** Takes a changed configuration: new limits at once, anything else with a restart of the engine. */
    @Modified
    void modified(EngineConfig changed) throws IOException {
        take(changed);
    }

    /** Gives the runs back and ends. */
    @Deactivate
    void deactivate() {
        if (running != null) {
            running.close();
        }
    }

    // Nothing is thrown for a wrong value: a component that fails to activate would not see it
    // corrected.
    private void take(EngineConfig config) throws IOException {
        Settings wanted;
        try {
            wanted = Settings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "{}: see etc/{}.cfg. {}",
                    e.getMessage(),
                    EngineConfig.PID,
                    running == null
                            ? "The engine starts when that is corrected"
                            : "The engine goes on with what was configured before");
            return;
        }
        if (running != null && settings.isLive(wanted)) {
            running.engine.limits(wanted.limits());
        } else {
            deactivate();
            running = new Running(context, wanted);
            running.open();
        }
        settings = wanted;
    }

    /** An engine with all that hangs on it. */
    private static final class Running {
        private final BundleContext context;
        private final Engine engine;
        private final Services services;
        private final Callers<WorkflowManagerService> managers;
        private final Callers<TaskExecutorService> executors;
        private final BackendChoice backends;
        private final TaskTracker taskTracker;
        private final WorkflowTracker workflowTracker;
        private final AtomicBoolean published = new AtomicBoolean();
        private final Queue<ServiceRegistration<?>> registrations = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;

        Running(BundleContext context, Settings settings) throws IOException {
            this.context = context;
            engine =
                    Engine.start(
                            new EngineSetup(
                                    NodeName.of(settings, context),
                                    settings.lease(),
                                    settings.writers(),
                                    settings.limits()));
            services = new Services(engine);
            managers =
                    new Callers<>(
                            caller ->
                                    new WorkflowManagerService(services, new BundleCaller(caller)),
                            WorkflowManagerService::close);
            executors =
                    new Callers<>(
                            caller -> new TaskExecutorService(services),
                            TaskExecutorService::close);
            backends = new BackendChoice(context, settings.stateName(), engine);
            taskTracker = new TaskTracker(context, engine, services.unusableTasks());
            workflowTracker = new WorkflowTracker(context, services);
        }

        void open() {
            context.addBundleListener(managers);
            context.addBundleListener(executors);
            registrations.add(
                    context.registerService(
                            WorkflowValidator.class, new WorkflowValidatorService(services), null));
            engine.onReady(this::publish);
            taskTracker.open();
            workflowTracker.open();
            backends.open();
        }

        private void publish() {
            if (published.compareAndSet(false, true)) {
                registrations.add(
                        context.registerService(WorkflowManager.class.getName(), managers, null));
                registrations.add(
                        context.registerService(TaskExecutor.class.getName(), executors, null));
                registrations.add(
                        context.registerService(
                                StateManager.class, new StateManagerService(engine), null));
                registrations.add(
                        context.registerService(
                                ResourceControl.class, new ResourceControlService(engine), null));
                registrations.add(
                        context.registerService(StateMaintenance.class, maintenance(), null));
                if (closed) {
                    withdraw();
                }
            }
        }

        private StateMaintenance maintenance() {
            WorkflowManagerService manager =
                    new WorkflowManagerService(services, new BundleCaller(context.getBundle()));
            return new StateMaintenanceService(
                    engine, run -> manager.cancelWorkflow(run, "it stood still for too long"));
        }

        /** Each service once, though two threads may come here: the engine may close while it becomes ready. */
        private void withdraw() {
            for (ServiceRegistration<?> service = registrations.poll();
                    service != null;
                    service = registrations.poll()) {
                service.unregister();
            }
        }

        void close() {
            closed = true;
            published.set(true); // from now on nothing goes out
            withdraw();
            context.removeBundleListener(managers);
            context.removeBundleListener(executors);
            managers.close();
            executors.close();
            engine.close();
            workflowTracker.close();
            taskTracker.close();
            backends.close();
        }
    }
}
