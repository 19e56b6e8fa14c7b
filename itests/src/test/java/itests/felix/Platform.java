package itests.felix;

import java.io.IOException;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import orchestrator.api.Task;
import orchestrator.api.Workflow;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The platform as a bundle that uses it sees it. */
final class Platform {
    private final BundleContext context;

    Platform(BundleContext context) {
        this.context = context;
    }

    WorkflowManager manager() {
        return service(WorkflowManager.class);
    }

    TaskExecutor tasks() {
        return service(TaskExecutor.class);
    }

    StateManager state() {
        return service(StateManager.class);
    }

    /** The service, as soon as it is there. */
    <S> S service(Class<S> type) {
        return Await.present(
                "a service " + type.getName(),
                () ->
                        Optional.ofNullable(context.getServiceReference(type))
                                .map(context::getService));
    }

    boolean has(Class<?> type) {
        return context.getServiceReference(type) != null;
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Expected a bundle " + symbolicName));
    }

    /** Installs and starts a bundle that was left for later. */
    void install(String artifact) throws BundleException {
        ClassPathBundles.start(context, artifact);
    }

    /** Sets a configuration; whoever has it is told later, on another thread. */
    void configure(String pid, Map<String, Object> values) throws IOException {
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        configuration.update(dictionary(values));
    }

    /** Offers a task as a plugin without Declarative Services does. */
    ServiceRegistration<Task> task(String name, Task task) {
        return context.registerService(Task.class, task, dictionary(Map.of("task.name", name)));
    }

    /** Offers a workflow. */
    ServiceRegistration<Workflow> workflow(String name, Workflow workflow) {
        return context.registerService(
                Workflow.class, workflow, dictionary(Map.of("workflow.name", name)));
    }

    /** Starts a run. */
    RunHandle start(String workflow) {
        return manager().executeWorkflow(workflow, Map.of(), StartOptions.none());
    }

    /** The end of a run. */
    static RunDetails end(RunHandle run) throws InterruptedException {
        CompletionStage<RunDetails> result = run.result();
        try {
            return result.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Expected " + run + " to end", e);
        }
    }

    /** The run, as soon as it is as wanted. */
    RunDetails run(String id, String what, Predicate<RunDetails> wanted) {
        return Await.present(
                "run " + id + " " + what, () -> manager().getWorkflowStatus(id).filter(wanted));
    }

    /** The end of a run that was started through a service that has gone. */
    RunDetails ended(String id) {
        return run(id, "ended", run -> run.status().isFinal());
    }

    RunDetails waiting(String id) {
        return run(id, "waiting", run -> run.status() == RunStatus.WAITING);
    }

    @SuppressWarnings("JdkObsolete") // there is no other Dictionary
    static Dictionary<String, Object> dictionary(Map<String, ?> values) {
        return new Hashtable<>(values);
    }

    static String property(ServiceReference<?> reference, String name) {
        return String.valueOf(reference.getProperty(name));
    }
}
