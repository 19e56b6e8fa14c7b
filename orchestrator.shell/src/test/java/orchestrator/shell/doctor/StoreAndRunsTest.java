package orchestrator.shell.doctor;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.Samples;
import orchestrator.shell.Samples.SampleTask;
import orchestrator.shell.doctor.plugin.Component;
import org.junit.Rule;
import org.junit.Test;

public class StoreAndRunsTest {
    @Rule
    public final TestFramework framework =
            new TestFramework(Map.of("karaf.base", "/opt/karaf", "karaf.data", "/opt/karaf/data"));

    @Test
    public void withoutAnEngineThatIsSaid() {
        framework.engine = null;
        assertFound(
                "ERROR store: There is no engine: the bundle orchestrator.engine is not installed. | feature:install orchestrator.");
    }

    @Test
    public void withoutAStoreItIsSaidWhoShouldHaveOne() throws Exception {
        framework.engine = null;
        configured("orchestrator.engine", "");
        assertFound(
                "ERROR store: There is no store (no StateBackend service): nothing can be started, and no run goes on. | Install one: feature:install orchestrator-jdbc.");
        framework.start(new TestBundle("orchestrator.state.jdbc", "1.0.0"));
        String found = framework.findings().get(0);
        assertTrue(
                found,
                found.contains("Installed is orchestrator.state.jdbc 1.0.0 [3], but its store"));
        assertTrue(found, found.contains("that etc/orchestrator.state.jdbc.cfg is right;"));
    }

    @Test
    public void aStoreThatIsNotTakenIsExplained() throws Exception {
        framework.engine = null;
        configured("orchestrator.engine", "");
        var memory = framework.store("memory", false);
        assertFound(
                "ERROR store: The engine has no durable store; found is memory (not durable), which is never taken unasked. | Install one: feature:install orchestrator-jdbc. Or choose another with state.name in etc/orchestrator.engine.cfg.");
        memory.unregister();
        framework.store("jdbc", true);
        assertTrue(framework.findings().get(0).contains("(jdbc), but the engine is not ready"));
        framework.store("redis", true);
        assertFound(
                "ERROR store: The engine has no store, since several are there and none is chosen: jdbc, redis. | Choose one with state.name in etc/orchestrator.engine.cfg.");
    }

    @Test
    public void aChosenStoreThatIsNotThereIsNamed() throws Exception {
        configured("orchestrator.engine", "<property name='state.name' value='redis'/>");
        framework.store("jdbc", true);
        assertFound(
                "ERROR store: The engine has no store: etc/orchestrator.engine.cfg says state.name = redis, but found is jdbc. | feature:install orchestrator-redis, see why it did not open (log:display), or correct state.name.");
    }

    @Test
    public void whatAStoreInMemoryWouldLoseIsCounted() throws Exception {
        configured("orchestrator.engine", "<property name='state.name' value='memory'/>");
        framework.store("memory", false);
        framework.engine.runs.put("a1", Samples.run("a1"));
        framework.engine.runs.put("b2", Samples.run("b2").in(RunStatus.FAILED, 10));
        List<String> found = framework.findings();
        assertEquals(found.toString(), 1, found.size());
        assertTrue(
                found.toString(),
                found.get(0)
                        .startsWith(
                                "WARNING store: The store is in memory: all runs are lost when the process stops or the bundle orchestrator.state.memory is updated or refreshed, now 1 run that has not ended. | "));
    }

    @Test
    public void whatNobodyOffersIsNamedWithWhoWaitsForIt() {
        framework.store("jdbc", true);
        framework.engine.workflows.add(
                new Samples.SampleWorkflow(
                        "nightly",
                        "2.1.0",
                        "nightly.workflow.yaml",
                        "12",
                        Map.of(),
                        List.of("mail"),
                        List.of(),
                        List.of("mail.send", "workflow:archive"),
                        true));
        framework.engine.tasks.add(new SampleTask("read", "1.0.0", "reader", 0, Optional.empty()));
        waiting("a1", "task", "mail.send (of bundle com.example.mail)", 60);
        waiting("b2", "task", "mail.send", 0);
        waiting("c3", "task", "read@[2,3)", 0);
        waiting("d4", "signal", "reviewed", 0);
        List<String> found = framework.findings();
        assertEquals(found.toString(), 3, found.size());
        assertEquals(
                "WARNING missing: Task 'mail.send' is offered by no plugin: 2 runs wait for it, the first since 2h ago (2026-11-01 10:00:00 UTC); named by workflow nightly 2.1.0. | Install or start a plugin that offers it, as bundle com.example.mail did; if one is there, see what else is told here of its bundle and its components. The runs go on by themselves then. run:migrate lets one go on with a version of its workflow that does without, run:cancel ends it; run:debug a1 shows the newest.",
                found.get(0));
        assertTrue(
                found.get(1),
                found.get(1)
                        .startsWith(
                                "WARNING missing: Task 'read@[2,3)' is offered by no plugin in such a version, only in 1.0.0: 1 run waits for it, the first since"));
        assertEquals(
                "WARNING missing: Workflow 'archive' is offered by nobody: named by workflow nightly 2.1.0. | Drop its file, or a plugin that carries it, into deploy/. A run would wait for it.",
                found.get(2));
    }

    @Test
    public void runsThatWerePutAsideAreErrors() {
        framework.store("jdbc", true);
        waiting("a1", "quarantined", "entry 2 is missing", 0);
        assertFound(
                "ERROR runs: Put aside (quarantined): 1 run does not go on, the first since 2h ago (2026-11-01 10:00:00 UTC). The newest is a1: entry 2 is missing. | run:debug a1 says more; run:resume lets a run try again, run:cancel ends it. If journals are damaged: orchestrator:check.");
    }

    @Test
    public void brokenWorkflowsAndTasksAreTold() {
        framework.store("jdbc", true);
        framework.engine.workflows.add(Samples.report("1.0.0", true));
        framework.engine.workflows.add(Samples.report("1.0.0", false));
        framework.engine.workflows.add(Samples.broken("report", "report.workflow.yaml"));
        framework.engine.tasks.add(
                new SampleTask("odd", "0", "odd [7]", 0, Optional.of("its constructor failed")));
        framework.engine.tasks.add(
                new SampleTask("busy", "1.0.0", "busy [8]", 2, Optional.empty()));
        List<String> found = framework.findings();
        assertEquals(found.toString(), 4, found.size());
        assertTrue(
                found.get(0),
                found.get(0).startsWith("ERROR tasks: Task 'odd' of odd [7] is not used: its"));
        assertEquals(
                "ERROR workflows: Workflow report of report.workflow.yaml is broken: line 3: Expected the key 'task', but it is missing. | Correct it; it is taken up as soon as it is saved. workflow:show report tells all that is wrong. Until then runs start with version 1.0.0.",
                found.get(1));
        assertTrue(
                found.get(2),
                found.get(2).startsWith("WARNING tasks: Task 'busy' 1.0.0 of busy [8]: 1 bodies"));
        assertTrue(
                found.get(3),
                found.get(3).startsWith("WARNING workflows: Expected one source of workflow"));
    }

    @Test
    public void settingsThatMayDoHarmAreTold() throws Exception {
        framework.store("jdbc", true);
        configured("orchestrator.engine", "<property name='node.lease' value='1'/>");
        configured(
                "orchestrator.state.jdbc",
                "<property name='url' value='jdbc:postgresql://db/x?user=u&amp;password=p'/><property name='directory' value='/opt/karaf/data/runs'/>");
        configured("orchestrator.tasks.files", "<property name='roots' value='/data, /opt'/>");
        List<String> found = framework.findings();
        assertEquals(found.toString(), 4, found.size());
        assertTrue(found.get(0).startsWith("WARNING settings: node.lease is 1 s: "));
        assertTrue(found.get(1).startsWith("WARNING settings: The url in etc/orchestrator.state"));
        assertTrue(found.toString(), !found.toString().contains("=p"));
        assertTrue(found.get(2).contains("The database lies in /opt/karaf/data/runs, below"));
        assertTrue(found.get(3).contains("may write to /opt, in which Karaf itself lies"));
    }

    @Test
    public void aCheckThatCannotBeMadeIsAFindingItself() {
        framework.store("jdbc", true);
        framework.engine.onFind =
                () -> {
                    throw new RefusedException("store", "The store is away.");
                };
        List<String> found =
                Examination.of(framework.surroundings()).stream()
                        .map(t -> t.check() + ": " + t.what())
                        .toList();
        assertEquals(
                List.of(
                        "missing: Expected to look at missing, but could not: The store is away.",
                        "runs: Expected to look at runs, but could not: The store is away."),
                found);
    }

    private void configured(String bundle, String properties) throws Exception {
        framework.start(
                new TestBundle(bundle, "1.0.0")
                        .component("name='" + bundle + "'", Component.class, properties));
    }

    private void waiting(String run, String code, String subject, int seconds) {
        framework.engine.runs.put(
                run,
                Samples.run(run)
                        .in(RunStatus.WAITING, 10)
                        .because(
                                new Reason(
                                        code, subject, Samples.START.plusSeconds(seconds), null)));
    }

    private void assertFound(String expected) {
        assertEquals(List.of(expected), framework.findings());
    }
}
