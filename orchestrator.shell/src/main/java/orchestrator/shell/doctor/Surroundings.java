package orchestrator.shell.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import orchestrator.api.run.StateMaintenance;
import orchestrator.api.run.StateManager;
import orchestrator.api.run.TaskExecutor;
import orchestrator.api.run.WorkflowManager;
import orchestrator.shell.output.Times;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * What can be asked at this moment. Each may be null but the times: then nobody offers it.
 *
 * @param context of the framework
 * @param components Declarative Services
 * @param workflows of the engine
 * @param tasks of the engine
 * @param states of the engine
 * @param maintenance of the engine
 * @param times how instants are said
 */
public record Surroundings(
        BundleContext context,
        ServiceComponentRuntime components,
        WorkflowManager workflows,
        TaskExecutor tasks,
        StateManager states,
        StateMaintenance maintenance,
        Times times) {

    /** All bundles; none outside of a framework. */
    List<Bundle> bundles() {
        return context == null ? List.of() : Arrays.asList(context.getBundles());
    }

    /** A bundle by its symbolic name. */
    Optional<Bundle> bundle(String symbolicName) {
        return bundles().stream()
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    /** A property of the framework, or null. */
    String property(String name) {
        return context == null ? null : context.getProperty(name);
    }
}
