package orchestrator.tasks.files.osgi;

import java.nio.file.Path;
import java.util.Arrays;
import orchestrator.tasks.files.FileOperations;
import orchestrator.tasks.files.Roots;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** What the tasks of this bundle share: its one configuration. */
@Component(service = FilesComponent.class, configurationPid = "orchestrator.tasks.files")
@Designate(ocd = FilesConfig.class)
public final class FilesComponent {
    private volatile FileOperations operations;

    @Activate
    public FilesComponent(FilesConfig config) {
        operations = of(config);
    }

    @Modified
    void modified(FilesConfig config) {
        operations = of(config);
    }

    FileOperations operations() {
        return operations;
    }

    private static FileOperations of(FilesConfig config) {
        var roots =
                Arrays.stream(config.roots())
                        .map(String::strip)
                        .filter(root -> !root.isEmpty())
                        .map(Path::of)
                        .toList();
        return new FileOperations(new Roots(roots), config.max_bytes(), config.max_listed());
    }
}
