package itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.inject.Inject;
import javax.security.auth.Subject;
import orchestrator.api.run.WorkflowManager;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** A plugin jar and a workflow file dropped into deploy/, used from the console, and taken away again. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ConsoleAndDeployIT {
    private static final long PATIENCE_SECONDS = 60;

    @Inject private BootFinished booted;
    @Inject private SessionFactory sessions;
    @Inject private WorkflowManager workflows;

    @Configuration
    public Option[] configuration() {
        return options(OwnDistribution.distribution(), knowledge());
    }

    private static Option knowledge() {
        File plugin = new File("../orchestrator.examples.knowledge").getAbsoluteFile();
        return editConfigurationFilePut(
                "etc/system.properties",
                "knowledge.plugin",
                plugin.toPath().normalize().toString());
    }

    @Test
    public void aPluginAndAWorkflowAreUsedAsSoonAsTheyAreDropped() throws Exception {
        Path plugin = Path.of(System.getProperty("knowledge.plugin"));
        Path jar = drop(jarOf(plugin.resolve("target")));
        Path file = drop(plugin.resolve("src/main/workflow/knowledge_processing.workflow.yaml"));
        await("task:list", "knowledge.report", true);
        await("workflow:list", "knowledge_processing", true);
        await("workflow:list", "knowledge_document", true); // the plugin carries it
        await("workflow:list", "waiting", false); // every task that they need is there
        assertEquals(2, workflows.workflows().size());

        Path output = Files.createTempDirectory("knowledge");
        String said =
                console(
                        "workflow:run knowledge_processing 'content_path=%s' 'output_path=%s' --wait"
                                .formatted(plugin.resolve("content"), output));
        assertTrue(said, said.contains("COMPLETED"));
        assertTrue(Files.size(output.resolve("report.html")) > 0);
        assertTrue(console("run:list").contains("COMPLETED"));
        assertTrue(console("run:count").contains("runs in all."));
        String both =
                console(
                        "task:parallel knowledge.search 'index_path=%s' query=entropy knowledge.search 'index_path=%s' query=inference --wait --concurrency 1"
                                .formatted(output.resolve("index"), output.resolve("index")));
        assertTrue(both, both.contains("\"task_2\"") && both.contains("COMPLETED"));

        Files.delete(file);
        Files.delete(jar);
        await("workflow:list", "knowledge_processing", false);
        await("workflow:list", "knowledge_document", false);
        await("task:list", "knowledge.report", false);
        Exception unknown =
                assertThrows(
                        PrivilegedActionException.class,
                        () -> console("workflow:run knowledge_processing content_path=x"));
        assertTrue(
                unknown.getCause().getMessage(),
                unknown.getCause().getMessage().contains("there is no"));
    }

    private static Path jarOf(Path folder) throws IOException {
        try (var files =
                Files.newDirectoryStream(folder, "orchestrator.examples.knowledge-*.jar")) {
            return files.iterator().next();
        }
    }

    /** Puts a file into the watched folder at once, as a whole. */
    private static Path drop(Path file) throws IOException {
        Path base = Path.of(System.getProperty("karaf.base"));
        Path beside = Files.copy(file, base.resolve("tmp-" + file.getFileName()));
        Path target = base.resolve("deploy").resolve(file.getFileName());
        return Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void await(String command, String word, boolean there) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String said = console(command);
        while (said.contains(word) != there) {
            assertTrue(
                    "Expected '%s' %s, but %s says:\n%s"
                            .formatted(word, there ? "to come" : "to go", command, said),
                    System.nanoTime() < end);
            LockSupport.parkNanos(50_000_000L);
            said = console(command);
        }
    }

    /** What a command writes, given by somebody who may do everything. */
    private String console(String command) throws PrivilegedActionException {
        assertTrue(booted != null);
        Subject admin =
                new Subject(
                        true,
                        Set.of(
                                new RolePrincipal("admin"),
                                new RolePrincipal("manager"),
                                new RolePrincipal("viewer")),
                        Set.of(),
                        Set.of());
        PrivilegedExceptionAction<String> action = () -> run(command);
        return Subject.doAs(admin, action);
    }

    private String run(String command) throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        try (Session session = sessions.create(new ByteArrayInputStream(new byte[0]), out, out)) {
            session.execute(command);
        }
        return written.toString(StandardCharsets.UTF_8);
    }
}
