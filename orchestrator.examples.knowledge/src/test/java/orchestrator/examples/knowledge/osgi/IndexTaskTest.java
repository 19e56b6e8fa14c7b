package orchestrator.examples.knowledge.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import orchestrator.api.TaskFailure;
import orchestrator.examples.knowledge.document.Tree;
import orchestrator.examples.knowledge.index.IndexWriters;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class IndexTaskTest {
    private static final int PARALLEL = 8;
    private static final int EACH = 5;

    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private final IndexTask task = new IndexTask();
    private Path content;
    private Path index;

    @Before
    public void setUp() throws Exception {
        content = temporary.newFolder("content").toPath();
        index = temporary.getRoot().toPath().resolve("out/index");
    }

    @Test
    public void attemptsInParallelIndexEverythingOnce() throws Exception {
        for (int i = 0; i < PARALLEL * EACH; i++) {
            write("d" + i, "common text number" + i);
        }
        CyclicBarrier together = new CyclicBarrier(PARALLEL);
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < PARALLEL; t++) {
                int first = t * EACH;
                all.add(
                        threads.submit(
                                () -> {
                                    for (int i = first; i < first + EACH; i++) {
                                        together.await(60, TimeUnit.SECONDS);
                                        index("d" + i);
                                        // What was acknowledged is found by whoever opens the index
                                        // now.
                                        assertEquals(1, total("number" + i));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(PARALLEL * EACH, total("common"));
    }

    @Test
    public void aRepeatedAttemptReplaces() throws Exception {
        write("a", "old words");
        index("a");
        write("a", "new words");
        index("a");

        assertEquals(1, total("words"));
        assertEquals(0, total("old"));
    }

    @Test
    public void whatIsNotValidIsSkippedAndTakenOut() throws Exception {
        write("a", "words");
        index("a");

        Object output = task.execute(attempt(Map.of("path", "a.json", "id", "", "valid", false)));

        assertFalse(new Tree(output).flag("indexed"));
        assertEquals(0, total("words"));
    }

    @Test
    public void anItemWhoseValidationFailedIsSkipped() throws Exception {
        Object output = task.execute(attempt(Map.of("error", Map.of("code", "x", "message", "y"))));

        assertFalse(new Tree(output).flag("indexed"));
    }

    @Test
    public void foldersAreKeptApart() throws Exception {
        write("a", "words");
        index("a");
        Path other = temporary.newFolder("other").toPath();
        Files.copy(content.resolve("a.json"), other.resolve("a.json"));
        task.execute(
                Attempt.with(
                        "content_path", other.toString(),
                        "index_path", index.toString(),
                        "document", Map.of("path", "a.json", "valid", true)));

        assertEquals(2, total("words"));
        Tree found =
                new Tree(
                        new SearchTask()
                                .execute(
                                        Attempt.with(
                                                "index_path", index.toString(),
                                                "query", "words",
                                                "content_path", other.toString())));
        assertEquals(1, found.integer("total"));
    }

    @Test
    public void anIndexInUseBySomebodyElseIsTriedAgain() throws Exception {
        write("a", "words");
        Files.createDirectories(index);
        try (NIOFSDirectory directory = new NIOFSDirectory(index);
                IndexWriter ignored =
                        new IndexWriter(
                                directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
            TaskFailure failure = assertThrows(TaskFailure.class, () -> index("a"));
            assertTrue(failure.isRetryable());
        }
        index("a");
        assertEquals(1, total("words"));
    }

    @Test
    public void aDocumentThatHasChangedSinceIsPermanent() throws Exception {
        Files.writeString(content.resolve("a.json"), "{");

        TaskFailure failure = assertThrows(TaskFailure.class, () -> index("a"));

        assertFalse(failure.isRetryable());
        assertEquals("changed", failure.code());
    }

    @Test
    public void aPathOutsideOfTheFolderIsRefused() throws Exception {
        Files.writeString(temporary.getRoot().toPath().resolve("secret.json"), "{}");

        for (String path :
                List.of("../secret.json", temporary.getRoot().toPath() + "/secret.json")) {
            TaskFailure failure =
                    assertThrows(
                            TaskFailure.class,
                            () -> task.execute(attempt(Map.of("path", path, "valid", true))));
            assertFalse(failure.isRetryable());
            assertEquals("input", failure.code());
        }
    }

    @Test
    public void noIndexIsPermanent() {
        TaskFailure failure = assertThrows(TaskFailure.class, () -> total("words"));
        assertEquals("no-index", failure.code());
    }

    @Test
    public void writersAreSharedAndClosedByTheLastOne() throws Exception {
        IndexWriters writers = new IndexWriters();
        List<IndexWriter> seen = new ArrayList<>();
        writers.write(
                index,
                first -> {
                    seen.add(first);
                    writers.write(index, seen::add);
                    assertTrue(first.isOpen());
                    assertEquals(1, writers.size());
                });

        assertEquals(seen.get(0), seen.get(1));
        assertFalse(seen.get(0).isOpen());
        assertEquals(0, writers.size());
    }

    @Test
    public void aWriterThatBrokeIsReplaced() {
        IndexWriters writers = new IndexWriters();

        assertThrows(
                AlreadyClosedException.class,
                () ->
                        writers.write(
                                index,
                                first -> {
                                    first.rollback();
                                    writers.write(index, second -> assertTrue(second.isOpen()));
                                    writers.write(index, third -> assertTrue(third.isOpen()));
                                }));

        assertEquals(0, writers.size());
    }

    private void write(String id, String text) throws Exception {
        Files.writeString(
                content.resolve(id + ".json"),
                "{\"id\": \"%s\", \"title\": \"T\", \"content\": [\"%s\"]}".formatted(id, text));
    }

    private void index(String id) throws Exception {
        Object output =
                task.execute(attempt(Map.of("path", id + ".json", "id", id, "valid", true)));
        assertTrue(new Tree(output).flag("indexed"));
    }

    private Attempt attempt(Map<String, Object> document) {
        return Attempt.with(
                "content_path", content.toString(),
                "index_path", index.toString(),
                "document", document);
    }

    private int total(String query) throws Exception {
        Object output =
                new SearchTask()
                        .execute(Attempt.with("index_path", index.toString(), "query", query));
        return new Tree(output).integer("total");
    }
}
