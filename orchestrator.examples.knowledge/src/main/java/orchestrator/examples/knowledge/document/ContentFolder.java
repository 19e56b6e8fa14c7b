package orchestrator.examples.knowledge.document;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import orchestrator.api.TaskFailure;

/** A folder of documents: every {@code *.json} below it. */
public final class ContentFolder {
    private final Path folder;

    private ContentFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * One file of the folder.
     *
     * @param path relative to the folder, with {@code /}
     * @param size in bytes
     */
    public record Entry(String path, long size) {}

    /** The folder of that name, which must be there. */
    public static ContentFolder at(String name) throws TaskFailure {
        Path folder = path(name);
        if (!Files.isDirectory(folder)) {
            throw TaskFailure.permanent(
                    "content-folder",
                    "Expected content_path to name a folder with *.json files, but found %s at %s"
                            .formatted(Files.exists(folder) ? "a file" : "nothing", folder));
        }
        if (!Files.isReadable(folder)) {
            throw TaskFailure.permanent(
                    "content-folder",
                    "Expected content_path to name a readable folder, but found no permission to"
                            + " read "
                            + folder);
        }
        try {
            return new ContentFolder(folder.toRealPath());
        } catch (IOException e) {
            throw TaskFailure.retryable(
                    "content-folder", "Expected to read " + folder + ", but found " + e, e);
        }
    }

    /** A path that a person wrote, absolute. */
    public static Path path(String name) throws TaskFailure {
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw TaskFailure.permanent(
                    "input", "Expected a path, but found one with " + e.getReason());
        }
    }

    /** The folder itself, absolute. */
    public Path path() {
        return folder;
    }

    /** Checks that a file of a list lies in this folder. */
    public String inside(String path) throws TaskFailure {
        if (!path(folder.resolve(path(folder, path)).toString()).startsWith(folder)) {
            throw TaskFailure.permanent(
                    "input",
                    "Expected a path inside of %s, but found '%s'".formatted(folder, path));
        }
        return path;
    }

    /**
     * The documents, by path. What cannot be read is among them, so that validation can say so.
     *
     * @param limit the most documents that are accepted
     */
    public List<Entry> documents(int limit) throws TaskFailure, InterruptedException {
        Walk walk = new Walk(limit);
        try {
            Files.walkFileTree(folder, walk);
        } catch (IOException e) {
            throw TaskFailure.retryable(
                    "content-folder", "Expected to read " + folder + ", but found " + e, e);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted while listing " + folder);
        }
        if (walk.entries.size() > limit) {
            throw TaskFailure.permanent(
                    "too-many",
                    "Expected at most %,d documents in %s, but found more"
                            .formatted(limit, folder));
        }
        walk.entries.sort(Comparator.comparing(Entry::path));
        return walk.entries;
    }

    private static Path path(Path folder, String path) throws TaskFailure {
        try {
            return folder.getFileSystem().getPath(path);
        } catch (InvalidPathException e) {
            throw TaskFailure.permanent(
                    "input", "Expected a path, but found one with " + e.getReason());
        }
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final List<Entry> entries = new ArrayList<>();
        private final int limit;

        Walk(int limit) {
            this.limit = limit;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            // A folder with the name of a document is more likely a mistake than a folder of
            // documents.
            return dir.equals(folder) ? FileVisitResult.CONTINUE : visitFile(dir, attributes);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".json")) {
                add(file, attributes.isRegularFile() ? attributes.size() : 0);
            }
            return goOn();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            add(file, 0);
            return goOn();
        }

        private void add(Path file, long size) {
            String relative = folder.relativize(file).toString();
            entries.add(
                    new Entry(relative.replace(file.getFileSystem().getSeparator(), "/"), size));
        }

        private FileVisitResult goOn() {
            boolean enough = entries.size() > limit || Thread.currentThread().isInterrupted();
            return enough ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
