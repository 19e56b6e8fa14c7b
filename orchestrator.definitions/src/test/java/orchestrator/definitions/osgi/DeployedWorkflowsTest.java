package orchestrator.definitions.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import orchestrator.api.Workflow;
import orchestrator.definitions.WorkflowFile;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleException;

/** Files dropped in a folder, in a real framework. */
public class DeployedWorkflowsTest {
    @Rule public final RealFramework framework = new RealFramework();
    @Rule public final TemporaryFolder deploy = new TemporaryFolder();

    private DeployedWorkflows installer;
    private String system;

    @Before
    public void start() {
        installer = new DeployedWorkflows(framework.context());
        system = framework.context().getBundle().getSymbolicName();
    }

    @Test
    public void workflowFilesAreHandledAndNothingElse() {
        for (String name : List.of("a.workflow.yaml", "a.workflow.yml", "a.b.workflow.json")) {
            assertTrue(name, installer.canHandle(new File(name)));
        }
        for (String name :
                List.of(
                        "a.yaml",
                        "a.json",
                        "workflow.yaml",
                        ".workflow.yaml",
                        "a.workflow.yaml~",
                        "a.jar")) {
            assertFalse(name, installer.canHandle(new File(name)));
        }
    }

    @Test
    public void aFileIsAServiceUntilItGoes() throws IOException {
        File file = file("a.workflow.yaml", RealFramework.workflow("first", "one"));
        installer.install(file);
        assertEquals(List.of(system + "|first|a.workflow.yaml"), framework.workflows());
        Workflow old = framework.services().get(0);

        file("a.workflow.yaml", RealFramework.workflow("second", "one"));
        installer.update(file);
        assertEquals(List.of(system + "|second|a.workflow.yaml"), framework.workflows());
        assertNotSame(old, framework.services().get(0));

        assertTrue(file.delete());
        installer.uninstall(file);
        assertEquals(List.of(), framework.workflows());
        installer.uninstall(file);
    }

    @Test
    public void theOldVersionStaysBesideABrokenUpdateUntilThatIsMended() throws IOException {
        File file = file("a.workflow.yaml", RealFramework.workflow("w", "one"));
        installer.install(file);
        Workflow good = framework.services().get(0);

        file("a.workflow.yaml", "workflow: w\nsteps:\n\tone: {task: t}\n");
        installer.update(file);
        assertEquals(2, framework.services().size());
        assertSame(good, framework.services().get(0));
        assertTrue(((WorkflowFile) framework.services().get(1)).isBroken());
        String named = system + "|w|a.workflow.yaml";
        assertEquals(List.of(named, named), framework.workflows());

        file("a.workflow.yaml", "workflow: w\nsteps: 5\n");
        installer.update(file);
        assertEquals(2, framework.services().size());
        assertSame(good, framework.services().get(0));

        file("a.workflow.yaml", RealFramework.workflow("w", "one", "two"));
        installer.update(file);
        assertEquals(List.of(named), framework.workflows());
        assertFalse(((WorkflowFile) framework.services().get(0)).isBroken());
        assertNotSame(good, framework.services().get(0));
    }

    @Test
    public void aFileThatIsBrokenFromTheStartIsShownUnderItsFileName() throws IOException {
        File file = file("late.workflow.json", "{");
        installer.install(file);
        assertEquals(List.of(system + "|late|late.workflow.json"), framework.workflows());
        installer.install(new File(deploy.getRoot(), "gone.workflow.yaml"));
        assertEquals(2, framework.workflows().size());
        installer.deactivate();
        assertEquals(List.of(), framework.workflows());
    }

    /** FileInstall hands over a file once; the bundle that was restarted has to remember. */
    @Test
    public void afterARestartOfTheBundleTheFilesAreThereAgain() throws IOException {
        File stays = file("stays.workflow.yaml", RealFramework.workflow("stays", "one"));
        File goes = file("goes.workflow.yaml", RealFramework.workflow("goes", "one"));
        File gone = file("gone.workflow.yaml", RealFramework.workflow("gone", "one"));
        for (File file : List.of(stays, goes, gone)) {
            installer.install(file);
        }
        installer.uninstall(gone);
        installer.deactivate();
        assertTrue(goes.delete());

        DeployedWorkflows again = new DeployedWorkflows(framework.context());
        again.activate();
        assertEquals(List.of(system + "|stays|stays.workflow.yaml"), framework.workflows());

        Workflow service = framework.services().get(0);
        again.install(stays);
        assertSame("installed twice", service, framework.services().get(0));
        again.update(stays);
        assertNotSame("updated", service, framework.services().get(0));
        again.uninstall(stays);
        assertEquals(List.of(), framework.workflows());
    }

    @Test
    public void afterARestartOfTheFrameworkFileInstallHandsOverAgain()
            throws IOException, BundleException {
        installer.install(file("a.workflow.yaml", RealFramework.workflow("w", "one")));
        framework.restart();
        DeployedWorkflows again = new DeployedWorkflows(framework.context());
        again.activate();
        assertEquals(List.of(), framework.workflows());
    }

    private File file(String name, String text) throws IOException {
        File file = new File(deploy.getRoot(), name);
        Files.writeString(file.toPath(), text);
        return file;
    }
}
