package orchestrator.tasks.files.osgi;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import orchestrator.api.Task;
import orchestrator.tasks.files.FileOperations;
import orchestrator.tasks.files.Roots;

/** What the tasks of this bundle share: a change of their one configuration holds for the attempts that begin after it. */
abstract class FilesTask implements Task {
    private volatile FileOperations operations;

    FilesTask(FilesConfig config) {
        configure(config);
    }

    final void configure(FilesConfig config) {
        List<Path> roots =
                Arrays.stream(config.roots())
                        .map(String::strip)
                        .filter(root -> !root.isEmpty())
                        .map(Path::of)
                        .toList();
        operations = new FileOperations(new Roots(roots), config.max_bytes(), config.max_listed());
    }

    final FileOperations operations() {
        return operations;
    }
}
