package itests.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import orchestrator.api.Task;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.StartOptions;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.EngineLimits;
import orchestrator.engine.graph.Retry;
import orchestrator.engine.runtime.Engine;
import orchestrator.engine.runtime.EngineSetup;
import orchestrator.engine.service.Services;
import orchestrator.engine.service.WorkflowManagerService;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/**
 * One node as a process: an engine without OSGi on a real store. It does what its input says, a command a line, and says
 * on its output what became of it.
 *
 * <p>Arguments: the node's name, the store ({@code jdbc:postgresql:…}, or the folder of an embedded one), the lease in
 * milliseconds, the folder for the list of bodies.
 */
public final class CrashNode {
    static final String TAG = "tag";

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final PrintStream out = System.out;
    private final Engine engine;
    private final WorkflowManagerService manager;

    private CrashNode(String node, Duration lease, Path bodies) throws IOException {
        EngineLimits limits =
                new EngineLimits(
                        200,
                        32,
                        Duration.ofSeconds(60),
                        new Retry(3, Duration.ofMillis(50), 1, Duration.ofDays(1), 0),
                        Duration.ofMillis(200),
                        100);
        engine = Engine.start(new EngineSetup(node, lease, 1, limits));
        manager = new WorkflowManagerService(new Services(engine), new Caller());
        Workload.offer(engine.tasks(), new BodyLog(bodies, node));
        Workload.register(manager);
    }

    /** Runs until its input ends, or it is asked to stop. */
    public static void main(String[] args) throws IOException {
        Duration lease = Duration.ofMillis(Long.parseLong(args[2]));
        CrashNode node = new CrashNode(args[0], lease, Path.of(args[3]));
        Runtime.getRuntime().addShutdownHook(new Thread(node.engine::close, "SIGTERM"));
        node.engine.onReady(() -> node.say("ready"));
        node.engine.attach(open(args[1]));
        node.obey();
        System.exit(0);
    }

    private static StateBackend open(String store) {
        return store.startsWith("jdbc:")
                ? PostgresStore.open(new PostgresSettings(store, "postgres", null, 8))
                : SqliteStore.open(Path.of(store), 2, java.time.Clock.systemUTC());
    }

    private void obey() throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            callers.execute(() -> tryTo(words));
        }
    }

    private void tryTo(String... words) {
        try {
            obey(words);
        } catch (RefusedException | StateException e) {
            say("sorry " + e.getMessage().replace('\n', ' '));
        }
    }

    private void obey(String... words) {
        if (words[0].equals("start")) {
            start(words[1], words[2]);
        } else if (words[0].equals("count")) {
            say("unended " + unended());
        } else if (words[0].equals("status")) {
            status(words[1]);
        } else {
            CommandResult result =
                    switch (words[0]) {
                        case "pause" -> manager.pauseWorkflow(words[1]);
                        case "resume" -> manager.resumeWorkflow(words[1]);
                        case "cancel" -> manager.cancelWorkflow(words[1], "enough");
                        default -> throw new IllegalArgumentException(words[0]);
                    };
            say("command %s %s %s".formatted(words[0], words[1], result.accepted()));
        }
    }

    private long unended() {
        return engine.store().backend().count().entrySet().stream()
                .filter(e -> !e.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void status(String run) {
        RunDetails details = manager.getWorkflowStatus(run).orElseThrow();
        Reason reason = details.reason().orElse(new Reason("", "", null, null));
        say("status %s %s %s %s".formatted(run, details.status(), reason.code(), reason.subject()));
    }

    private void start(String workflow, String tag) {
        try {
            String id =
                    manager.executeWorkflow(
                                    workflow,
                                    Map.of("tag", tag),
                                    StartOptions.none().label(TAG, tag))
                            .id();
            say("accepted " + tag + " " + id);
        } catch (RefusedException e) {
            say("refused " + tag + " " + e.getMessage().replace('\n', ' '));
        }
    }

    private void say(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    /** Whoever registers the workflows. */
    private static final class Caller implements Services.Caller {
        @Override
        public String name() {
            return "crash";
        }

        @Override
        public String version() {
            return "1.0.0";
        }

        @Override
        public Runnable offer(Map<String, Task> functions) {
            return () -> {}; // the workflows here name tasks only
        }
    }
}
