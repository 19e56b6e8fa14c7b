package orchestrator.definitions.osgi;

import java.io.File;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import orchestrator.definitions.WorkflowFile;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers the workflow files that are dropped in {@code deploy/}. Called by one thread for each watched folder; throws
 * nothing, because FileInstall does not try again what has failed.
 */
@Component(service = ArtifactInstaller.class)
public final class DeployedWorkflows implements ArtifactInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(DeployedWorkflows.class);
    private static final Pattern NAME = Pattern.compile(".+\\.workflow\\.(?:yaml|yml|json)");

    private final BundleContext context;
    private final HandedOver handedOver;
    private final Map<File, FileRegistration> files = new ConcurrentHashMap<>();

    @Activate
    public DeployedWorkflows(BundleContext context) {
        this.context = context;
        this.handedOver = new HandedOver(context);
    }

    @Activate
    void activate() {
        handedOver.files().forEach(this::install);
    }

    @Deactivate
    void deactivate() {
        files.values().forEach(FileRegistration::remove);
        files.clear();
    }

    @Override
    public boolean canHandle(File file) {
        return NAME.matcher(file.getName()).matches();
    }

    @Override
    public void install(File file) {
        FileRegistration registration = files.get(file.getAbsoluteFile());
        if (registration == null || !registration.isOf(stamp(file))) {
            update(file);
        }
    }

    @Override
    public void update(File file) {
        try {
            FileRegistration registration =
                    files.computeIfAbsent(
                            file.getAbsoluteFile(), f -> new FileRegistration(context));
            String stamp = stamp(file);
            registration.update(WorkflowFile.read(file.toPath()), stamp);
            handedOver.keep(files.keySet());
        } catch (RuntimeException e) {
            LOG.error("Workflow file {} could not be registered", file.getName(), e);
        }
    }

    @Override
    public void uninstall(File file) {
        FileRegistration registration = files.remove(file.getAbsoluteFile());
        if (registration != null) {
            registration.remove();
            handedOver.keep(files.keySet());
        }
    }

    private static String stamp(File file) {
        return file.lastModified() + " " + file.length();
    }
}
