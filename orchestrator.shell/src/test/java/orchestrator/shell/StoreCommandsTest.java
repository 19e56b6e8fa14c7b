package orchestrator.shell;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Set;
import orchestrator.api.run.Repair;
import orchestrator.api.run.RunStatus;
import org.apache.karaf.shell.support.CommandException;
import org.junit.Rule;
import org.junit.Test;

public class StoreCommandsTest {
    private final SampleStore store = new SampleStore();
    @Rule public final Shell shell = new Shell(store);

    private String written;

    @Test
    public void aSoundStoreIsSaidToBeSound() throws Exception {
        assertEquals("Nothing is wrong.\nLooked at 3 runs.\n", shell.run("orchestrator:check"));
        assertEquals(0, json("orchestrator:check --format json").get("findings").asInt());
        shell.run("orchestrator:repair --apply");
    }

    @Test
    public void damageIsListedAndFailsTheCheck() {
        store.find("r1", "journal-gap", false);
        store.find("r2", "summary", true);
        String help = failure("orchestrator:check");
        assertEquals(
                "Expected nothing wrong, but found 2 things. orchestrator:repair says what can be done.",
                help);
        assertTrue(written, written.matches("(?s).*r1 +. journal-gap . it is broken.*"));
        assertTrue(written, written.contains("Looked at 3 runs."));
    }

    @Test
    public void damageIsOneDocumentForScripts() throws Exception {
        store.find("r1", "journal-gap", false);
        failure("orchestrator:check --format json");
        JsonNode check = new ObjectMapper().readTree(written);
        assertEquals("r1", check.at("/list/0/run").asText());
        assertFalse(check.at("/list/0/mendable").asBoolean());
        assertTrue(check.get("complete").asBoolean());
    }

    @Test
    public void aRepairIsADryRunUnlessItIsToBeApplied() throws Exception {
        store.find("r2", "summary", true);
        String planned = shell.run("orchestrator:repair");
        assertFalse(store.applied);
        assertTrue(planned, planned.contains("PLANNED"));
        assertTrue(
                planned,
                planned.endsWith("This was a dry run: orchestrator:repair --apply does it.\n"));
        String done = shell.run("orchestrator:repair --apply");
        assertTrue(store.applied);
        assertTrue(done, done.contains("MENDED"));
    }

    @Test
    public void aRepairThatLeavesSomethingFails() {
        store.find("r1", "journal-gap", false);
        store.find("r2", "summary", true);
        assertEquals(
                "Expected to mend everything, but 1 of 2 things is left.",
                failure("orchestrator:repair --apply --format json"));
        assertTrue(written, written.contains(Repair.Outcome.QUARANTINED.name()));
    }

    @Test
    public void moreThanAScreenHoldsIsCountedAndNotKept() {
        for (int i = 0; i < 1005; i++) {
            store.find("r" + i, "summary", true);
        }
        failure("orchestrator:check");
        assertTrue(written.contains("... and 5 more."));
    }

    @Test
    public void aCleanupHandsItsOptionsOn() throws Exception {
        String planned =
                shell.run("orchestrator:cleanup --older-than 30d --status failed,completed");
        assertEquals(Duration.ofDays(30), store.options.endedFor().orElseThrow());
        assertEquals(Set.of(RunStatus.FAILED, RunStatus.COMPLETED), store.options.statuses());
        assertFalse(store.options.applies());
        assertTrue(
                planned, planned.endsWith("1 run in all.\nThis was a dry run: --apply does it.\n"));
        JsonNode done = json("orchestrator:cleanup --stale 2d --cancel --apply --format json");
        assertTrue(store.options.cancelsStale() && store.options.applies());
        assertEquals(Duration.ofDays(2), store.options.stillFor().orElseThrow());
        assertTrue(done.at("/list/0/done").asBoolean());
        store.refuses = true;
        assertEquals(
                "Expected to do all of it, but 1 run refused.",
                failure("orchestrator:cleanup --stale 2d --cancel --apply"));
    }

    @Test
    public void aCleanupOfNothingInParticularIsRefused() {
        assertEquals(
                "Expected --older-than or --stale with a duration such as 30d, but found neither.",
                failure("orchestrator:cleanup --apply"));
        assertEquals(
                "Expected a duration such as 500ms, 5s, 1h30m or 2d after --older-than, but found 'soon'.",
                failure("orchestrator:cleanup --older-than soon"));
        assertTrue(
                failure("orchestrator:cleanup --older-than 1d --status running")
                        .startsWith("Expected statuses of runs that have ended"));
    }

    @Test
    public void anOptionThatWouldSayNothingIsRefused() {
        assertEquals(
                "Expected --stale beside --cancel, since only stale runs are cancelled, but found --older-than.",
                failure("orchestrator:cleanup --older-than 30d --cancel --apply"));
        assertEquals(
                "Expected --older-than beside --status, since it says which runs are deleted, but found --stale.",
                failure("orchestrator:cleanup --stale 7d --status COMPLETED"));
        assertNull("nothing was asked for", store.options);
    }

    @Test
    public void theDoctorSaysWhatToDoAndNeverFails() throws Exception {
        String said = shell.run("orchestrator:doctor");
        assertTrue(
                said,
                said.startsWith(
                        "WARNING Node node-b has died or is cut off: its lease has expired.\n        A living"));
        assertTrue(said, said.endsWith("\n\n0 errors, 1 warning.\n"));
        JsonNode json = json("orchestrator:doctor --format json");
        assertEquals(1, json.get("warnings").asInt());
        assertEquals("nodes", json.at("/findings/0/check").asText());
        assertEquals("WARNING", json.at("/findings/0/severity").asText());
        assertTrue(json.at("/findings/0/action").asText().endsWith("log:display)."));
    }

    @Test
    public void nodesAreListed() throws Exception {
        String table = shell.run("orchestrator:nodes");
        assertTrue(table, table.matches("(?s).*node-a \\(this\\) . alive   . 4 .*"));
        assertTrue(table, table.matches("(?s).*node-b        . expired .*"));
        JsonNode nodes = json("orchestrator:nodes --format json").get("nodes");
        assertTrue(nodes.at("/0/this").asBoolean());
        assertEquals("2026-11-01T10:00:10Z", nodes.at("/0/leaseUntil").asText());
        assertTrue(nodes.at("/1/runs").isNull());
        assertTrue(nodes.at("/1/expired").asBoolean());
    }

    private JsonNode json(String command) throws Exception {
        return new ObjectMapper().readTree(shell.run(command));
    }

    private String failure(String command) {
        CommandException failure =
                assertThrows(command, CommandException.class, () -> shell.run(command));
        written = shell.written();
        return failure.getMessage();
    }
}
