package orchestrator.tasks.files;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.Task;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.RunStatus;
import orchestrator.testkit.VirtualEngine;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Real files, used by steps of real runs. */
public class FileOperationsTest {
    @Rule public final VirtualEngine engine = new VirtualEngine();
    @Rule public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicReference<Object> output = new AtomicReference<>();
    private final AtomicReference<String> code = new AtomicReference<>();
    private int runs;
    private Path root;
    private FileOperations files;

    @Before
    public void root() throws IOException {
        root = folder.newFolder("root").toPath();
        files = new FileOperations(new Roots(List.of(root)), 10, 2);
    }

    private RunStatus run(Task task, Map<String, Object> input) {
        Task kept =
                context -> {
                    try {
                        output.set(task.execute(context));
                        return null;
                    } catch (TaskFailure e) {
                        code.set(e.code());
                        throw e;
                    }
                };
        String name = "w" + ++runs; // each run has a task and a workflow of its own
        return engine.task(name, kept)
                .workflow(name, builder -> input.forEach(builder.step("s").task(name)::input))
                .run(name, Map.of())
                .status();
    }

    private void refused(String expected, Task task, Map<String, Object> input) {
        assertEquals(RunStatus.FAILED, run(task, input));
        assertEquals(expected, code.get());
    }

    @Test
    public void whatIsWrittenIsRead() {
        run(files::write, Map.of("path", "a/b.txt", "text", "größer"));
        assertEquals(RunStatus.COMPLETED, run(files::read, Map.of("path", "a/b.txt")));
        String path = root.resolve("a/b.txt").toString();
        assertEquals(Map.of("path", path, "text", "größer", "bytes", 8), output.get());
        run(files::list, Map.of("path", "a"));
        assertEquals(
                Map.of("path", root.resolve("a").toString(), "files", List.of(path)), output.get());
    }

    @Test
    public void copiedMovedDeleted() throws IOException {
        Files.writeString(root.resolve("a"), "1");
        run(files::copy, Map.of("path", "a", "target", "b"));
        run(files::move, Map.of("path", "a", "target", "c/d"));
        run(files::delete, Map.of("path", "b"));
        assertFalse(Files.exists(root.resolve("a")) || Files.exists(root.resolve("b")));
        assertEquals("1", Files.readString(root.resolve("c/d")));
    }

    @Test
    public void whatLeavesTheRootIsRefused() throws IOException {
        Path outside = folder.newFolder("outside").toPath();
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("none"));
        for (String path : List.of("../outside/x", "link/x", "dangling", outside + "/x")) {
            refused("files-path", files::write, Map.of("path", path, "text", "x"));
        }
        assertEquals(0, outside.toFile().list().length);
    }

    @Test
    public void aRootIsNotDeleted() {
        refused("files-path", files::delete, Map.of("path", root.toString()));
    }

    @Test
    public void limitsHold() throws IOException {
        Files.writeString(root.resolve("long"), "x".repeat(11));
        refused("files-too-large", files::read, Map.of("path", "long"));
        refused("files-too-large", files::write, Map.of("path", "n", "text", "x".repeat(11)));
        Files.writeString(root.resolve("b"), "");
        Files.writeString(root.resolve("c"), "");
        refused("files-too-large", files::list, Map.of("path", root.toString()));
        refused("files-missing", files::read, Map.of("path", "none"));
    }
}
