package orchestrator.definitions.osgi;

import java.util.Map;
import orchestrator.api.Workflow;
import orchestrator.definitions.WorkflowFile;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one workflow file: the last version that could be used, and beside it the newest one if that is
 * broken. Not thread safe.
 */
final class FileRegistration {
    private static final Logger LOG = LoggerFactory.getLogger(FileRegistration.class);

    private final BundleContext context;
    private ServiceRegistration<Workflow> usable;
    private ServiceRegistration<Workflow> broken;
    private String stamp = "";

    FileRegistration(BundleContext context) {
        this.context = context;
    }

    /** Whether what is registered was read from the file as it was then. */
    boolean isOf(String otherStamp) {
        return stamp.equals(otherStamp);
    }

    /**
     * Takes the newest content of the file. The new service comes before the old one goes: there is no gap.
     *
     * @param newStamp tells one content of the file from another
     */
    void update(WorkflowFile file, String newStamp) {
        stamp = newStamp;
        unregister(broken);
        // whoever takes the service says what is wrong with it, and says it once
        ServiceRegistration<Workflow> newest = register(file);
        if (file.isBroken() || EngineVerdict.isBroken(file)) {
            broken = newest;
        } else {
            broken = null;
            unregister(usable);
            usable = newest;
        }
    }

    void remove() {
        unregister(usable);
        unregister(broken);
        usable = null;
        broken = null;
    }

    private ServiceRegistration<Workflow> register(WorkflowFile file) {
        Map<String, Object> properties =
                Map.of("workflow.name", file.name(), "orchestrator.source", file.file());
        return context.registerService(
                Workflow.class, file, FrameworkUtil.asDictionary(properties));
    }

    private static void unregister(ServiceRegistration<Workflow> registration) {
        if (registration != null) {
            try {
                registration.unregister();
            } catch (IllegalStateException alreadyGone) {
                LOG.debug("A workflow service had left with its bundle", alreadyGone);
            }
        }
    }
}
