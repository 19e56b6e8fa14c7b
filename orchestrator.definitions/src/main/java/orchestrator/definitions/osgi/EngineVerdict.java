package orchestrator.definitions.osgi;

import orchestrator.api.run.WorkflowManager;
import orchestrator.definitions.WorkflowFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * What the engine, if there is one, makes of a file that fits the schema: only the engine compiles expressions, and it does
 * so as soon as the service is there.
 */
final class EngineVerdict {
    private EngineVerdict() {}

    /** Whether the engine lists a workflow of that file and name as broken. */
    static boolean isBroken(WorkflowFile file) {
        Bundle bundle = FrameworkUtil.getBundle(EngineVerdict.class);
        BundleContext context = bundle == null ? null : bundle.getBundleContext();
        ServiceReference<WorkflowManager> engine =
                context == null ? null : context.getServiceReference(WorkflowManager.class);
        WorkflowManager manager = engine == null ? null : context.getService(engine);
        if (manager == null) {
            return false;
        }
        try {
            return manager.workflows().stream()
                    .filter(w -> w.name().equals(file.name()) && w.source().equals(file.file()))
                    .anyMatch(w -> !w.problems().isEmpty());
        } finally {
            context.ungetService(engine);
        }
    }
}
