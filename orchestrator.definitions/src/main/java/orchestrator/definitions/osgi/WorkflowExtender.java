package orchestrator.definitions.osgi;

import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/** Registers the workflow files that plugins carry, for as long as the plugin is active. */
@Component(service = {})
@Capability(namespace = "osgi.extender", name = "orchestrator.workflows", version = "1.0.0")
public final class WorkflowExtender implements BundleTrackerCustomizer<List<FileRegistration>> {
    private final BundleTracker<List<FileRegistration>> tracker;

    @Activate
    public WorkflowExtender(BundleContext context) {
        this.tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
    }

    @Activate
    void activate() {
        tracker.open();
    }

    @Deactivate
    void deactivate() {
        tracker.close();
    }

    @Override
    public List<FileRegistration> addingBundle(Bundle bundle, BundleEvent event) {
        List<FileRegistration> registrations = new CarriedWorkflows(bundle).register();
        return registrations.isEmpty() ? null : registrations;
    }

    @Override
    public void modifiedBundle(
            Bundle bundle, BundleEvent event, List<FileRegistration> registrations) {
        // an active bundle's files do not change
    }

    @Override
    public void removedBundle(
            Bundle bundle, BundleEvent event, List<FileRegistration> registrations) {
        registrations.forEach(FileRegistration::remove);
    }
}
