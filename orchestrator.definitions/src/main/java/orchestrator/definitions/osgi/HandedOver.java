package orchestrator.definitions.osgi;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that FileInstall has handed over, kept in the bundle's data area. FileInstall hands over a file once: to a
 * bundle that was updated or refreshed it would come only when it changes. After a start of the framework it hands over
 * all files again, so that what an earlier framework kept counts no more.
 */
final class HandedOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandedOver.class);

    private final String framework;
    private final Path list;

    HandedOver(BundleContext context) {
        this.framework = String.valueOf(context.getProperty(Constants.FRAMEWORK_UUID));
        File file = context.getDataFile("deployed-workflows");
        this.list = file == null ? null : file.toPath();
    }

    /** The files that were handed over in this framework and are still there. */
    List<File> files() {
        List<String> lines = new ArrayList<>();
        try {
            if (list != null && Files.exists(list)) {
                lines.addAll(Files.readAllLines(list));
            }
        } catch (IOException e) {
            LOG.warn("The list of deployed workflow files cannot be read: {}", e.toString());
        }
        boolean current = !lines.isEmpty() && lines.remove(0).equals(framework);
        return current ? lines.stream().map(File::new).filter(File::exists).toList() : List.of();
    }

    void keep(Collection<File> files) {
        if (list == null) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(framework));
        files.stream().map(File::getAbsolutePath).sorted().forEach(lines::add);
        try {
            Files.write(list, lines);
        } catch (IOException e) {
            LOG.warn("The list of deployed workflow files cannot be written: {}", e.toString());
        }
    }
}
