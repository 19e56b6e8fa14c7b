package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import orchestrator.api.Workflow;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.WorkflowInfo;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Workflows come as Java services, in plugin jars and as files, and all end as the same document. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class WorkflowSourcesIT {
    private static final String YAML =
            """
            workflow: same
            version: 1.10
            description: Greets twice
            steps:
              greet:
                task: itests.greet
                input: { name: "${input.name}", times: 2 }
                retry: { attempts: 2, delay: 90s }
              part:
                after: greet
                task: itests.greet
            """;

    private static final Workflow JAVA =
            builder -> {
                builder.version("1.10").description("Greets twice");
                builder.step("greet")
                        .task("itests.greet")
                        .input("name", "${input.name}")
                        .input("times", 2)
                        .retry(2, java.time.Duration.ofSeconds(90));
                builder.step("part").task("itests.greet").after("greet");
            };

    @Rule public final TemporaryFolder folder = new TemporaryFolder();
    @Inject private BundleContext context;
    private Platform platform;

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.jdbc(),
                PlainFelix.definitions());
    }

    @Before
    public void platform() {
        platform = new Platform(context);
    }

    @Test
    public void aServiceAFileInAPluginAndADroppedFileAreTheSameWorkflow() throws Exception {
        ServiceRegistration<Workflow> service = platform.workflow("same", JAVA);
        Bundle carrier =
                context.installBundle(
                        "itests:carrier",
                        new PluginJar("itests.carrier", "3.0.0")
                                .header("Orchestrator-Workflows", "OSGI-INF/workflows/*.yaml")
                                .file("OSGI-INF/workflows/same.yaml", YAML)
                                .open());
        carrier.start();
        ArtifactInstaller installer = workflowInstaller("same.workflow.yaml");
        Path file = folder.newFile("same.workflow.yaml").toPath();
        Files.writeString(file, YAML);
        installer.install(file.toFile());

        List<WorkflowInfo> all = named("same");

        assertEquals(sources(all).toString(), 3, sources(all).size());
        assertEquals(1, all.stream().map(WorkflowInfo::hash).distinct().count());
        assertEquals(64, all.get(0).hash().length());
        assertEquals("1.10", all.get(0).version());
        assertEquals(List.of("greet", "part"), all.get(0).steps());
        assertEquals(List.of("itests.greet"), all.get(0).missingTasks());
        assertEquals(1, all.stream().filter(WorkflowInfo::isCurrent).count());

        service.unregister();
        assertEquals(2, named("same").size());
        carrier.uninstall();
        assertEquals(1, named("same").size());
        installer.uninstall(file.toFile());
        assertEquals(List.of(), named("same"));
    }

    @Test
    public void aJavaFunctionLeavesWithItsWorkflow() throws Exception {
        ServiceRegistration<Workflow> service =
                platform.workflow("java", builder -> builder.addTask("say", c -> "said"));
        assertEquals("said", Platform.end(platform.start("java")).output("say").orElseThrow());

        service.unregister();

        assertEquals(List.of(), named("java"));
        assertTrue(platform.tasks().tasks().stream().noneMatch(t -> t.name().equals("java/say")));
    }

    @Test
    public void aWorkflowThatCannotBeDescribedDisturbsNothing() throws Exception {
        platform.workflow("sound", builder -> builder.addTask("say", c -> "said"));
        platform.workflow(
                "throwing",
                builder -> {
                    throw new IllegalStateException("Expected a setting, but found none");
                });
        platform.workflow("linkless", builder -> throwLinkageError());
        platform.workflow("empty", builder -> builder.description("has no steps"));
        platform.workflow(
                "circular",
                builder -> {
                    builder.addTask("one", "x").step("one").after("two");
                    builder.addTask("two", "x").step("two").after("one");
                });

        assertProblem("throwing", "Expected a setting, but found none");
        assertProblem("linkless", "org/example/Missing");
        assertProblem("empty", "at least one step");
        assertProblem("circular", "one");
        RefusedException refused =
                assertThrows(RefusedException.class, () -> platform.start("throwing"));
        assertEquals("broken-workflow", refused.code());
        assertTrue(refused.getMessage().contains("Expected a setting, but found none"));
        assertEquals(RunStatus.COMPLETED, Platform.end(platform.start("sound")).status());
    }

    @Test
    public void aWorkflowServiceWithoutANameIsListed() {
        ServiceRegistration<Workflow> service =
                context.registerService(
                        Workflow.class, b -> b.addTask("say", "x"), Platform.dictionary(Map.of()));
        List<WorkflowInfo> nameless =
                platform.manager().workflows().stream()
                        .filter(w -> w.problems().toString().contains("workflow.name"))
                        .toList();
        assertEquals(1, nameless.size());
        service.unregister();
    }

    @Test
    public void aBrokenFileIsListedWithItsPlaceAndTheLastGoodOneStays() throws Exception {
        platform.task("itests.file", c -> "from the file");
        Path file = folder.newFile("edited.workflow.yaml").toPath();
        ArtifactInstaller installer = workflowInstaller(file.getFileName().toString());
        Files.writeString(file, "workflow: edited\nsteps:\n  say: { task: itests.file }\n");
        installer.install(file.toFile());

        Files.writeString(file, "workflow: edited\nsteps:\n  say: { tasc: itests.file }\n");
        installer.update(file.toFile());

        List<WorkflowInfo> both = named("edited");
        assertEquals(2, both.size());
        String problems =
                both.stream().flatMap(w -> w.problems().stream()).collect(Collectors.joining());
        assertTrue(problems, problems.contains("edited.workflow.yaml, line 3, column 10"));
        assertTrue(problems, problems.contains("Did you mean 'task'?"));
        assertEquals(RunStatus.COMPLETED, Platform.end(platform.start("edited")).status());

        Files.writeString(
                file,
                "workflow: edited\nsteps:\n  say: { task: itests.file, when: \"input.x >\" }\n");
        installer.update(file.toFile());
        assertEquals(2, named("edited").size());
        assertEquals(RunStatus.COMPLETED, Platform.end(platform.start("edited")).status());

        Files.writeString(file, "workflow: edited\nsteps:\n  say: { task: itests.file }\n");
        installer.update(file.toFile());
        assertEquals(1, named("edited").size());
        installer.uninstall(file.toFile());
    }

    private void throwLinkageError() {
        throw new NoClassDefFoundError("org/example/Missing");
    }

    private void assertProblem(String workflow, String text) {
        List<WorkflowInfo> found = named(workflow);
        assertEquals(1, found.size());
        String problems = found.get(0).problems().toString();
        assertTrue(problems, problems.contains(text));
        assertFalse(found.get(0).isCurrent());
    }

    private List<WorkflowInfo> named(String name) {
        return platform.manager().workflows().stream().filter(w -> w.name().equals(name)).toList();
    }

    private static Set<String> sources(List<WorkflowInfo> workflows) {
        return workflows.stream().map(WorkflowInfo::source).collect(Collectors.toSet());
    }

    private ArtifactInstaller workflowInstaller(String file) throws Exception {
        Path probe = folder.getRoot().toPath().resolve(file);
        return context.getServiceReferences(ArtifactInstaller.class, null).stream()
                .map(context::getService)
                .filter(installer -> installer.canHandle(probe.toFile()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Expected an installer of " + file));
    }
}
