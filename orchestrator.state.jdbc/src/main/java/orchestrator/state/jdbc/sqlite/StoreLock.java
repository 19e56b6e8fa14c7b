package orchestrator.state.jdbc.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import orchestrator.api.state.StateUnavailableException;

/** The exclusive right to a store's directory, held by a lock on a file in it. The system frees it with the process. */
final class StoreLock implements AutoCloseable {
    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    static StoreLock take(Path directory) {
        Path file = directory.resolve("store.lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new StoreLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StateUnavailableException("Expected to lock " + file + ", but found " + e, e);
        }
        throw new StateUnavailableException(
                "Expected to be alone in the store "
                        + directory
                        + ", but found that another process uses it",
                null);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
