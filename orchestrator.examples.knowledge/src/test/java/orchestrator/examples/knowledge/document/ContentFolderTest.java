package orchestrator.examples.knowledge.document;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import orchestrator.api.TaskFailure;
import orchestrator.examples.knowledge.document.ContentFolder.Entry;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ContentFolderTest {
    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;

    @Before
    public void setUp() throws Exception {
        folder = temporary.getRoot().toPath().toRealPath();
    }

    @Test
    public void documentsAreListedByPathAndNothingElse() throws Exception {
        Files.createDirectories(folder.resolve("b/c"));
        Files.writeString(folder.resolve("z.json"), "{}");
        Files.writeString(folder.resolve("b/c/a.JSON"), "{ }");
        Files.writeString(folder.resolve("notes.txt"), "");

        assertEquals(
                List.of(new Entry("b/c/a.JSON", 3), new Entry("z.json", 2)),
                ContentFolder.at(folder.toString()).documents(10));
    }

    @Test
    public void whatCannotBeReadIsListedToo() throws Exception {
        Files.createDirectories(folder.resolve("x.json"));
        Files.createSymbolicLink(folder.resolve("y.json"), folder.resolve("gone"));

        assertEquals(
                List.of(new Entry("x.json", 0), new Entry("y.json", 0)),
                ContentFolder.at(folder.toString()).documents(10));
    }

    @Test
    public void aLinkToTheFolderIsNotFollowedForEver() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{}");
        Files.createSymbolicLink(folder.resolve("again"), folder);

        assertEquals(1, ContentFolder.at(folder.toString()).documents(10).size());
        assertEquals(1, ContentFolder.at(folder.resolve("again").toString()).documents(10).size());
    }

    @Test
    public void anEmptyFolderHasNoDocuments() throws Exception {
        assertEquals(List.of(), ContentFolder.at(folder.toString()).documents(10));
    }

    @Test
    public void aFolderThatIsNotThereIsPermanent() throws Exception {
        Files.writeString(folder.resolve("file"), "");

        for (String name : List.of("gone", "file")) {
            String path = folder.resolve(name).toString();
            TaskFailure failure = assertThrows(TaskFailure.class, () -> ContentFolder.at(path));
            assertFalse(failure.isRetryable());
            assertEquals("content-folder", failure.code());
            assertTrue(failure.getMessage(), failure.getMessage().contains(path));
        }
    }

    @Test
    public void aPathThatIsNoneIsPermanent() {
        TaskFailure failure =
                assertThrows(TaskFailure.class, () -> ContentFolder.at("a" + (char) 0));
        assertFalse(failure.isRetryable());
    }

    @Test
    public void tooManyDocumentsArePermanent() throws Exception {
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.resolve(i + ".json"), "");
        }

        ContentFolder.at(folder.toString()).documents(3);
        TaskFailure failure =
                assertThrows(
                        TaskFailure.class, () -> ContentFolder.at(folder.toString()).documents(2));
        assertFalse(failure.isRetryable());
        assertEquals("too-many", failure.code());
    }

    @Test
    public void anInterruptEndsTheListing() throws Exception {
        Files.writeString(folder.resolve("a.json"), "");
        ContentFolder content = ContentFolder.at(folder.toString());
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> content.documents(10));
    }
}
