package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import itests.process.probe.ProbeActivator;
import itests.process.swap.SwapActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** One Karaf, used as people and scripts use it, and misused. */
public class DistributionInUseIT {
    @ClassRule public static final KarafProcess KARAF = new KarafProcess("in-use");

    private static final Probe PROBE = new Probe(KARAF);
    private static final Path KNOWLEDGE = Path.of("../orchestrator.examples.knowledge");

    @BeforeClass
    public static void start() throws IOException {
        KARAF.start();
        KARAF.awaitReady();
        System.out.printf(
                "Archive %,d bytes; first client answer %d ms after the start of the process%n",
                Files.size(Path.of(System.getProperty("distribution"))), KARAF.age().toMillis());
        assertEquals(
                "Nothing is wrong.", lastLine(KARAF.client("orchestrator:doctor"))); // as it comes
        PROBE.deployPlugin();
        PROBE.deployWorkflow();
        KARAF.deploy("failing.workflow.yaml", oneStep("failing", "1", "probe.fail"));
        PROBE.awaitUsable();
    }

    @Test
    public void theExitCodeTellsHowTheRunEnded() {
        ClientCall.Outcome completed = KARAF.client(PROBE.command() + " --wait");
        assertTrue(completed.toString(), completed.succeeded().contains(" COMPLETED in "));
        ClientCall.Outcome failed = KARAF.client("workflow:run failing --wait");
        assertNotEquals(failed.toString(), 0, failed.exitCode());
        assertTrue(
                failed.toString(),
                lastLine(failed)
                        .matches(
                                "Run \\w+ of failing ended FAILED: .*the probe was asked to fail.*"));
    }

    @Test
    public void aRefusedCommandFailsWithOneSentence() {
        assertRefused(
                "workflow:run nobody", "Expected the name of a workflow, but there is no 'nobody'");
        assertRefused(
                "workflow:run probe hold=x", "probe: Expected the input 'log', but it is missing");
        assertRefused(
                "workflow:run probe log=x hold=y items=7",
                "Expected a list such as '[1, 2]' for 'items', but found '7'");
        assertRefused("run:status 0000000000", "Expected the id of a run");
        assertRefused("task:run nobody", "Expected the name of a task");
    }

    @Test
    public void aWorkflowFileIsDroppedUpdatedBrokenMendedAndRemoved() {
        String file = "changing.workflow.yaml";
        KARAF.deploy(file, oneStep("changing", "1.0", "probe.fail"));
        awaitWorkflows("changing", Map.of("1.0", ""));
        KARAF.deploy(file, oneStep("changing", "1.1", "probe.fail"));
        awaitWorkflows("changing", Map.of("1.1", ""));

        KARAF.deploy(file, oneStep("changing", "1.2", "probe.fail, oops: 1"));
        String place = file + ", line 4, column 29: steps.only.oops: Expected one of the keys";
        awaitLog(place);
        List<JsonNode> listed = workflows("changing");
        assertEquals(listed.toString(), 2, listed.size());
        assertTrue(listed.toString(), listed.stream().anyMatch(w -> problems(w).contains(place)));
        ClientCall.Outcome former = KARAF.client("workflow:run changing --wait");
        assertTrue(former.toString(), lastLine(former).contains("the probe was asked to fail"));

        KARAF.deploy(file, oneStep("changing", "1.3", "probe.fail"));
        awaitWorkflows("changing", Map.of("1.3", ""));
        KARAF.undeploy(file);
        awaitWorkflows("changing", Map.of());
    }

    @Test
    public void aWorkflowIsDrawnAndAFileIsValidatedWithoutBeingDeployed() throws IOException {
        String graph = KARAF.client("workflow:graph failing").succeeded();
        assertTrue(graph, graph.contains("| only") && graph.contains("| probe.fail"));

        Path draft = KARAF.folder().resolve("draft.workflow.yaml");
        Files.writeString(draft, oneStep("draft", "1", "probe.absent"));
        String sound = KARAF.client("workflow:validate " + draft).succeeded();
        assertTrue(sound, sound.contains(draft + ": ok, draft 1"));
        assertTrue(sound, sound.contains("no plugin offers task 'probe.absent' now"));
        assertEquals(List.of(), workflows("draft"));
        Files.writeString(draft, oneStep("draft", "1", "probe.fail, when: 'a >'"));
        ClientCall.Outcome broken = KARAF.client("workflow:validate " + draft);
        assertNotEquals(broken.toString(), 0, broken.exitCode());
        assertTrue(broken.toString(), broken.toString().contains("draft.workflow.yaml, line 4"));
    }

    @Test
    public void aPluginIsDroppedUpdatedAndRemoved() throws IOException {
        KARAF.deploy("guest.workflow.yaml", oneStep("guest", "1", "guest.fail"));
        awaitWorkflows("guest", Map.of("1", "guest.fail"));
        Path first = PluginFile.write(KARAF.folder(), "guest", "1.0.0", ProbeActivator.class);
        KARAF.deploy(first);
        awaitTask("guest.fail", Set.of("1.0.0"));
        KARAF.deploy(PluginFile.write(KARAF.folder(), "guest", "1.1.0", ProbeActivator.class));
        awaitTask("guest.fail", Set.of("1.0.0", "1.1.0"));
        KARAF.undeploy("guest-1.0.0.jar");
        awaitTask("guest.fail", Set.of("1.1.0"));
        awaitWorkflows("guest", Map.of("1", ""));
        KARAF.undeploy("guest-1.1.0.jar");
        awaitTask("guest.fail", Set.of());
        awaitWorkflows("guest", Map.of("1", "guest.fail"));
    }

    @Test
    public void aVersionThatKeepsFailingIsWithdrawnByStoppingItsBundle() throws IOException {
        Map<String, String> fails =
                Map.of("Import-Package", PluginFile.IMPORTS, "Swap-Fails", "true");
        KARAF.deploy(PluginFile.write(KARAF.folder(), "pair", "1.0.0", SwapActivator.class));
        KARAF.deploy(PluginFile.write(KARAF.folder(), "pair", "2.0.0", SwapActivator.class, fails));
        awaitTask("pair.work", Set.of("1.0.0", "2.0.0"));
        KARAF.deploy(
                "pair.workflow.yaml",
                """
                workflow: pair
                version: 1
                steps:
                  old: { task: "pair.work@[1,2)", input: { n: 1, millis: 1 } }
                  any: { task: pair.work, input: { n: 1, millis: 1 }, retry: { attempts: 1000, delay: 1s } }
                """);
        awaitWorkflows("pair", Map.of("1", ""));
        String started = KARAF.client("workflow:run pair").succeeded();
        String run = Probe.acknowledged(started).iterator().next();
        awaitAttempt(run, "AttemptFailed any 2.0.0");

        KARAF.client("bundle:stop pair/2.0.0").succeeded();

        awaitAttempt(run, "AttemptCompleted any 1.0.0");
        awaitAttempt(run, "AttemptCompleted old 1.0.0");
        String status = KARAF.client("run:status " + run).succeeded();
        assertTrue(status, status.contains("COMPLETED"));
    }

    @Test
    public void theDoctorNamesWhatDoesNotWorkAndSaysWhatToDo() throws IOException {
        SickPlugins sick = new SickPlugins(KARAF);
        sick.drop();
        sick.awaitFound(
                "bundles",
                "is not resolved: it needs package org.example.absent [1.6.0,2.0.0), which no bundle exports.",
                "Install a bundle or feature that exports package org.example.absent");
        sick.awaitFound(
                "components",
                "waits for its reference 'transport': nobody offers a service java.util.concurrent.Callable with (kind=absent).",
                "service:list java.util.concurrent.Callable");
        sick.awaitFound(
                "missing",
                "Task 'sick.absent' is offered by no plugin: 1 run waits for it, the first since",
                "Install or start a plugin that offers it");
        sick.awaitFound(
                "threads",
                "Thread 'sick-poller 1.0.0' (in itests.process.sick.Poller.run) was left behind by leak 1.0.0 [",
                "in its @Deactivate method");
        String page = KARAF.client("orchestrator:doctor").succeeded();
        assertTrue(page, page.contains(", which was updated to 1.1.0: its classes stay"));

        sick.takeAway();
        for (String check : List.of("bundles", "components", "missing")) {
            sick.awaitHealed(check, check.equals("missing") ? "sick.absent" : "1.0.0 [");
        }
        sick.awaitFound("threads", "leak 1.0.0 [", "in its @Deactivate method");
        sick.awaitFound("threads", "leak 1.1.0 [", "in its @Deactivate method");
    }

    private static void awaitAttempt(String run, String expected) {
        Patience.until(
                expected,
                () -> attempts(run).contains(expected),
                () -> attempts(run) + "\n" + KARAF.endOfLog());
    }

    /** What the journal tells of attempts: the entry's type, the step, and the version of the task that was taken. */
    private static Set<String> attempts(String run) {
        String history = KARAF.client("run:history %s --format json".formatted(run)).succeeded();
        Set<String> attempts = new TreeSet<>();
        for (JsonNode entry : Probe.json(history).get(0).get("entries")) {
            JsonNode body = entry.get("body");
            if (body.has("taskVersion")) {
                attempts.add(
                        "%s %s %s"
                                .formatted(
                                        entry.get("type").textValue(),
                                        body.get("step").textValue(),
                                        body.get("taskVersion").textValue()));
            }
        }
        return attempts;
    }

    @Test
    public void theStoreIsCheckedClearedAndItsNodesAreListed() {
        KARAF.client(PROBE.command() + " --wait").succeeded();
        String looked = KARAF.client("orchestrator:check").succeeded();
        assertTrue(looked, looked.contains("Nothing is wrong.") && looked.contains("Looked at "));
        JsonNode check =
                Probe.json(KARAF.client("orchestrator:check --format json").succeeded()).get(0);
        assertEquals(check.toString(), 0, check.get("findings").intValue());
        assertTrue(check.toString(), check.get("complete").booleanValue());

        JsonNode nodes =
                Probe.json(KARAF.client("orchestrator:nodes --format json").succeeded()).get(0);
        assertEquals(nodes.toString(), 1, nodes.get("nodes").size());
        assertTrue(nodes.toString(), nodes.at("/nodes/0/this").booleanValue());

        String cleanup = "orchestrator:cleanup --older-than 0s --status COMPLETED --format json";
        int planned = cleaned(cleanup);
        assertTrue("runs to be deleted, but found " + planned, planned > 0);
        assertEquals("a dry run deletes nothing", planned, cleaned(cleanup));
        assertEquals(planned, cleaned(cleanup + " --apply"));
        assertEquals(0, cleaned(cleanup));
        KARAF.client("orchestrator:repair --apply").succeeded();
        assertRefused("orchestrator:cleanup", "Expected --older-than or --stale");
    }

    private static int cleaned(String command) {
        return Probe.json(KARAF.client(command).succeeded()).get(0).get("runs").intValue();
    }

    @Test
    public void brokenFilesEachHaveOneProblemWithItsPlaceAndHarmNothing() throws IOException {
        BrokenWorkflows broken = new BrokenWorkflows();
        broken.deploy(KARAF);
        for (Map.Entry<String, String> problem : broken.problems().entrySet()) {
            awaitLog(problem.getKey() + ".workflow.yaml" + problem.getValue());
        }
        Map<String, JsonNode> listed = new HashMap<>();
        Probe.workflows(KARAF).forEach(w -> listed.put(w.get("name").textValue(), w));
        broken.problems()
                .forEach(
                        (name, problem) -> {
                            JsonNode problems = listed.get(name).get("problems");
                            assertEquals(problems.toString(), 1, problems.size());
                            String expected = name + ".workflow.yaml" + problem;
                            String found = problems.get(0).textValue();
                            assertTrue(
                                    "Expected %s…, but found %s".formatted(expected, found),
                                    found.startsWith(expected));
                            assertEquals(1, logged(expected));
                        });
        KARAF.client(PROBE.command() + " --wait").succeeded();
    }

    @Test
    public void brokenDocumentsAreFindingsOfTheReport() throws IOException {
        Path documents = KARAF.folder().resolve("documents");
        Path output = KARAF.folder().resolve("report");
        List<String> good =
                BrokenDocuments.write(documents, KNOWLEDGE.resolve("content/inference"));
        KARAF.deploy(plugin());
        KARAF.deploy(KNOWLEDGE.resolve("src/main/workflow/knowledge_processing.workflow.yaml"));
        awaitWorkflows("knowledge_processing", Map.of("1.0.0", ""));
        KARAF.client(
                        "workflow:run knowledge_processing 'content_path=%s' 'output_path=%s' --wait"
                                .formatted(documents, output))
                .succeeded();
        JsonNode report = Probe.json(Files.readString(output.resolve("report.json"))).get(0);
        Map<String, JsonNode> rows = new HashMap<>();
        report.get("documents").forEach(row -> rows.put(row.get("path").textValue(), row));
        Set<String> expected = new HashSet<>(good);
        expected.addAll(BrokenDocuments.BROKEN);
        assertEquals(expected, rows.keySet());
        for (String name : BrokenDocuments.BROKEN) {
            JsonNode row = rows.get(name);
            assertTrue(row.toString(), row.get("findings").toString().contains("\"error\""));
            assertEquals(row.toString(), false, row.get("indexed").booleanValue());
        }
        for (String name : good) {
            assertEquals(name, true, rows.get(name).get("indexed").booleanValue());
        }
        assertEquals(good.size(), report.get("counts").get("valid").intValue());
    }

    private static Path plugin() throws IOException {
        try (Stream<Path> jars = Files.list(KNOWLEDGE.resolve("target"))) {
            return jars.filter(
                            jar ->
                                    jar.getFileName()
                                            .toString()
                                            .matches(
                                                    "orchestrator\\.examples\\.knowledge-[\\d.]+(-SNAPSHOT)?\\.jar"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static String oneStep(String workflow, String version, String task) {
        return "workflow: %s\nversion: %s\nsteps:\n  only: { task: %s }\n"
                .formatted(workflow, version, task);
    }

    private static void assertRefused(String command, String sentence) {
        ClientCall.Outcome refused = KARAF.client(command);
        assertNotEquals(refused.toString(), 0, refused.exitCode());
        String said = refused.out().strip();
        assertTrue(refused.toString(), said.startsWith(sentence) && said.lines().count() == 1);
    }

    private static String lastLine(ClientCall.Outcome outcome) {
        return outcome.out().strip().lines().reduce("", (before, line) -> line);
    }

    private static long logged(String text) {
        return Pattern.compile(text, Pattern.LITERAL).matcher(KARAF.log()).results().count();
    }

    private static void awaitLog(String text) {
        Patience.until(
                "the log to name " + text, () -> KARAF.log().contains(text), KARAF::endOfLog);
    }

    /**
     * @param expected the versions that are listed, each with its missing tasks
     */
    private static void awaitWorkflows(String name, Map<String, String> expected) {
        Patience.until(
                "%s to be listed as %s".formatted(name, expected),
                () ->
                        workflows(name).stream()
                                .collect(
                                        Collectors.toMap(
                                                w -> w.get("version").textValue(),
                                                DistributionInUseIT::missing))
                                .equals(expected),
                () -> workflows(name));
    }

    private static void awaitTask(String name, Set<String> versions) {
        Patience.until(
                "%s in the versions %s".formatted(name, versions),
                () -> tasks(name).equals(versions),
                () -> tasks(name));
    }

    private static List<JsonNode> workflows(String name) {
        return Probe.workflows(KARAF)
                .filter(workflow -> workflow.get("name").textValue().equals(name))
                .toList();
    }

    private static Set<String> tasks(String name) {
        Set<String> versions = new TreeSet<>();
        JsonNode list = Probe.json(KARAF.client("task:list --format json").succeeded()).get(0);
        for (JsonNode task : list.get("tasks")) {
            if (task.get("name").textValue().equals(name)) {
                versions.add(task.get("version").textValue());
            }
        }
        return versions;
    }

    private static String missing(JsonNode workflow) {
        Set<String> names = new TreeSet<>();
        workflow.get("missingTasks").forEach(task -> names.add(task.textValue()));
        return String.join(",", names);
    }

    private static String problems(JsonNode workflow) {
        return workflow.get("problems").toString();
    }
}
