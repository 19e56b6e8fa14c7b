package orchestrator.tasks.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;

/**
 * What the tasks do. Each may be done again: its end is the same. Failures have the codes {@code files-path, files-missing,
 * files-exists, files-too-large} (permanent) and {@code files-io} (retryable). Thread safe.
 */
public final class FileOperations {
    private final Roots roots;
    private final int maxBytes;
    private final int maxListed;

    /**
     * @param maxBytes of one file read or written, from 1
     * @param maxListed files of one list, from 1
     */
    public FileOperations(Roots roots, int maxBytes, int maxListed) {
        if (maxBytes < 1 || maxListed < 1) {
            throw new IllegalArgumentException(
                    "Expected max.bytes and max.listed of at least 1 in etc/orchestrator.tasks.files.cfg, but found %d and %d"
                            .formatted(maxBytes, maxListed));
        }
        this.roots = roots;
        this.maxBytes = maxBytes;
        this.maxListed = maxListed;
    }

    private interface Action {
        Map<String, Object> act() throws IOException, TaskFailure;
    }

    public Map<String, Object> read(TaskContext context) throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        return done(
                () -> {
                    try (InputStream in = Files.newInputStream(path)) {
                        byte[] bytes =
                                in.readNBytes(
                                        maxBytes == Integer.MAX_VALUE ? maxBytes : maxBytes + 1);
                        bounded(path, bytes.length);
                        String text = new String(bytes, StandardCharsets.UTF_8);
                        return Map.of("path", path.toString(), "text", text, "bytes", bytes.length);
                    }
                });
    }

    /** Readers see the old file or the new one, never a part; missing folders are made. */
    public Map<String, Object> write(TaskContext context) throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        String text = context.input("text", String.class);
        byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
        bounded(path, bytes.length);
        return done(
                () -> {
                    Files.createDirectories(path.getParent());
                    Path part = Files.createTempFile(path.getParent(), ".writing", "");
                    try {
                        Files.write(part, bytes);
                        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
                    } finally {
                        Files.deleteIfExists(part);
                    }
                    return Map.of("path", path.toString(), "bytes", bytes.length);
                });
    }

    /** Of one file; an older target is replaced at once. */
    public Map<String, Object> copy(TaskContext context) throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        Path target = path(context, "target");
        return done(
                () -> {
                    bounded(path, Files.size(path));
                    Files.createDirectories(target.getParent());
                    Path part = Files.createTempFile(target.getParent(), ".copying", "");
                    try {
                        Files.copy(path, part, StandardCopyOption.REPLACE_EXISTING);
                        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
                    } finally {
                        Files.deleteIfExists(part);
                    }
                    return Map.of("path", path.toString(), "target", target.toString());
                });
    }

    /** A file that is at its target already, and no longer where it was, has been moved by an earlier attempt. */
    public Map<String, Object> move(TaskContext context) throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        Path target = path(context, "target");
        return done(
                () -> {
                    if (Files.exists(path) || context.attempt() == 1 || !Files.exists(target)) {
                        Files.createDirectories(target.getParent());
                        Files.move(path, target);
                    }
                    return Map.of("path", path.toString(), "target", target.toString());
                });
    }

    /** Of a file or an empty folder; one that is not there is no failure. */
    public Map<String, Object> delete(TaskContext context)
            throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        if (roots.isRoot(path)) {
            throw TaskFailure.permanent(
                    "files-path", "Expected a path below a root as 'path', but found the root");
        }
        return done(() -> Map.of("path", path.toString(), "deleted", Files.deleteIfExists(path)));
    }

    /** The files and folders in a folder, by name. */
    public Map<String, Object> list(TaskContext context) throws TaskFailure, InterruptedException {
        Path path = path(context, "path");
        return done(
                () -> {
                    try (Stream<Path> in = Files.list(path)) {
                        List<String> files =
                                in.limit(maxListed + 1L).map(Path::toString).sorted().toList();
                        if (files.size() > maxListed) {
                            throw TaskFailure.permanent(
                                    "files-too-large",
                                    "Expected at most %,d files in %s, but found more"
                                            .formatted(maxListed, path));
                        }
                        return Map.of("path", path.toString(), "files", files);
                    }
                });
    }

    private Path path(TaskContext context, String key) throws TaskFailure {
        return roots.resolve(key, context.input(key, String.class));
    }

    private void bounded(Path path, long bytes) throws TaskFailure {
        if (bytes > maxBytes) {
            throw TaskFailure.permanent(
                    "files-too-large",
                    "Expected at most %,d bytes in %s, but found more".formatted(maxBytes, path));
        }
    }

    private static Map<String, Object> done(Action action)
            throws TaskFailure, InterruptedException {
        try {
            return action.act();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("Interrupted in the middle of a file");
        } catch (NoSuchFileException e) {
            throw TaskFailure.permanent(
                    "files-missing", "Expected a file, but there is no " + e.getFile());
        } catch (FileAlreadyExistsException e) {
            throw TaskFailure.permanent(
                    "files-exists", "Expected no file yet, but there is " + e.getFile());
        } catch (IOException e) {
            throw TaskFailure.retryable("files-io", "Expected to use a file, but found " + e, e);
        }
    }
}
