package orchestrator.tasks.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import orchestrator.api.TaskFailure;

/**
 * The folders that tasks may use. What {@code ..} or a symbolic link leads out of them is refused; a link that somebody else
 * puts there between this look and the use is not seen. Immutable.
 */
public final class Roots {
    private final List<Path> roots;

    public Roots(List<Path> roots) {
        this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
    }

    /**
     * The absolute path of a file or folder, which need not exist.
     *
     * @throws TaskFailure permanent, with the code {@code files-path}
     */
    Path resolve(String key, String path) throws TaskFailure {
        if (roots.isEmpty()) {
            throw refused(key, path, "roots is empty");
        } else if (path == null || path.isBlank()) {
            throw refused(key, path, "it is empty");
        }
        try {
            Path full = roots.get(0).resolve(path).normalize();
            for (Path root : roots) {
                if (full.startsWith(root) && real(full).startsWith(real(root))) {
                    return full;
                }
            }
            throw refused(key, path, "it leads out of " + roots);
        } catch (InvalidPathException | IOException e) {
            throw refused(key, path, e.toString());
        }
    }

    boolean isRoot(Path path) {
        return roots.contains(path);
    }

    /** The real path of what exists of it, and the rest. A link to nothing exists, and has no real path. */
    private static Path real(Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null || Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? path.toRealPath()
                : real(parent).resolve(path.getFileName());
    }

    private static TaskFailure refused(String key, String path, String why) {
        return TaskFailure.permanent(
                "files-path",
                "Expected a path below the roots of etc/orchestrator.tasks.files.cfg as '%s', but found '%s': %s"
                        .formatted(key, path, why));
    }
}
