package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

public class AbsentServicesTest {
    @Rule public final Shell shell = new Shell();

    @Test
    public void everyCommandSaysWhatIsMissing() {
        for (String command :
                List.of(
                        "workflow:list",
                        "workflow:show x",
                        "workflow:run x",
                        "run:list",
                        "run:status x",
                        "run:history x",
                        "run:logs x",
                        "run:pause x",
                        "run:resume x",
                        "run:cancel x",
                        "run:signal x s",
                        "task:list",
                        "task:run x",
                        "orchestrator:check",
                        "orchestrator:repair --apply",
                        "orchestrator:cleanup --stale 1d",
                        "orchestrator:nodes")) {
            String help =
                    assertThrows(command, CommandException.class, () -> shell.run(command))
                            .getNiceHelp();
            assertTrue(
                    help,
                    help.startsWith(
                            "The engine is not ready: there is no store (no StateBackend service)."));
        }
    }

    /** The unit test is no framework: there is nothing to ask. */
    @Test
    public void theDoctorAnswersWithoutAnyService() throws Exception {
        assertEquals("Nothing is wrong.\n", shell.run("orchestrator:doctor"));
    }

    @Test
    public void completionOffersNothingAndDoesNotFail() {
        assertTrue(shell.complete("run:status", "").isEmpty());
        assertTrue(shell.complete("workflow:show", "").isEmpty());
        assertTrue(shell.complete("task:run", "").isEmpty());
    }

    @Test
    public void withoutAReaderOrAnEngineNothingIsValidated() {
        String message =
                assertThrows(CommandException.class, () -> shell.run("workflow:validate x.yaml"))
                        .getMessage();
        assertTrue(message, message.contains("the bundle orchestrator.definitions is not active"));
    }
}
