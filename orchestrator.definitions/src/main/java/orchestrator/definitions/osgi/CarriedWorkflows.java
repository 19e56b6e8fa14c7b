package orchestrator.definitions.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import orchestrator.definitions.WorkflowFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workflow files that a plugin names in its header {@code Orchestrator-Workflows}: paths parted by commas, whose
 * last part may hold {@code *}.
 */
final class CarriedWorkflows {
    static final String HEADER = "Orchestrator-Workflows";

    private static final Logger LOG = LoggerFactory.getLogger(CarriedWorkflows.class);

    private final Bundle bundle;

    CarriedWorkflows(Bundle bundle) {
        this.bundle = bundle;
    }

    /** Registers them through the plugin's own context, so that the services are the plugin's and leave with it. */
    List<FileRegistration> register() {
        List<FileRegistration> registrations = new ArrayList<>();
        String header = bundle.getHeaders("").get(HEADER);
        BundleContext context = bundle.getBundleContext();
        if (header == null || context == null) {
            return registrations;
        }
        for (String pattern : header.split(",")) {
            List<URL> found = find(pattern.trim());
            if (found.isEmpty()) {
                LOG.error(
                        "Expected workflow files at '{}' in {} as its header {} says, but found none",
                        pattern.trim(),
                        bundle,
                        HEADER);
            }
            found.forEach(url -> register(url, context, registrations));
        }
        return registrations;
    }

    private List<URL> find(String pattern) {
        int slash = pattern.lastIndexOf('/');
        String folder = slash <= 0 ? "/" : pattern.substring(0, slash);
        Enumeration<URL> found = bundle.findEntries(folder, pattern.substring(slash + 1), false);
        return found == null ? List.of() : Collections.list(found);
    }

    private void register(URL url, BundleContext context, List<FileRegistration> registrations) {
        String file = bundle.getSymbolicName() + url.getPath();
        try (InputStream in = url.openStream()) {
            FileRegistration registration = new FileRegistration(context);
            registration.update(WorkflowFile.read(file, in), "");
            registrations.add(registration);
        } catch (IOException | IllegalStateException e) {
            LOG.error("Workflow file {} could not be registered", file, e);
        }
    }
}
