package orchestrator.examples.knowledge.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * The Lucene writers in use, one for each index folder: attempts that write to the same folder at the same time share
 * one, and the last of them closes it. Nothing is held open between attempts, so that another version of this plugin,
 * or another process, can write to the index as well. Thread safe.
 *
 * <p>{@link NIOFSDirectory} is named because the default choice looks for classes that a multi-release jar adds.
 */
public final class IndexWriters {
    private final ConcurrentMap<Path, Shared> open = new ConcurrentHashMap<>();

    /** A change of an index. */
    @FunctionalInterface
    public interface Change {
        /** Changes the index through its writer; must not commit or close it. */
        void apply(IndexWriter writer) throws IOException;
    }

    /** One writer and how many attempts use it; the count changes inside of the map's atomic operations only. */
    private static final class Shared {
        private final IndexWriter writer;
        private int users;

        Shared(IndexWriter writer) {
            this.writer = writer;
        }

        Shared taken() {
            users++;
            return this;
        }
    }

    /**
     * Makes a change durable: when this returns, the change is on disk.
     *
     * @param folder the index, absolute; made if it is not there
     * @throws LockObtainFailedException if somebody else writes to it now
     */
    public void write(Path folder, Change change) throws IOException {
        Shared shared = take(folder);
        try {
            change.apply(shared.writer);
            // Changes of several attempts that are waiting here become durable in one commit.
            shared.writer.commit();
        } finally {
            giveBack(folder, shared);
        }
    }

    /** How many writers are open now. */
    public int size() {
        return open.size();
    }

    private Shared take(Path folder) throws IOException {
        try {
            return open.compute(
                    folder,
                    (key, shared) ->
                            (shared != null && shared.writer.isOpen() ? shared : opened(key))
                                    .taken());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void giveBack(Path folder, Shared mine) throws IOException {
        try {
            open.compute(
                    folder,
                    (key, shared) -> {
                        if (--mine.users == 0) {
                            close(mine.writer);
                        }
                        // A writer that broke was replaced by the next attempt; its successor
                        // stays.
                        return shared == mine && mine.users == 0 ? null : shared;
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Shared opened(Path folder) {
        try {
            Files.createDirectories(folder);
            IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());
            // Merges on threads of its own would outlive an attempt.
            config.setMergeScheduler(new SerialMergeScheduler());
            NIOFSDirectory directory = new NIOFSDirectory(folder);
            try {
                return new Shared(new IndexWriter(directory, config));
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (OverlappingFileLockException e) {
            throw new UncheckedIOException(
                    new LockObtainFailedException("Locked by another plugin of this process", e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(IndexWriter writer) {
        try (var directory = writer.getDirectory()) {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
