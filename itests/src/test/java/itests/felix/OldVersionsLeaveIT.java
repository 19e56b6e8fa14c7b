package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import itests.felix.plugin.SwappedPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.inject.Inject;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A plugin is updated again and again under load; nothing keeps its old class loaders. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class OldVersionsLeaveIT {
    private static final String PLUGIN = "itests.swapped";
    private static final int UPDATES = 50;
    private static final int RUNS = 20;
    private static final long PATIENCE_SECONDS = 60;

    @Inject private BundleContext context;

    private final Semaphore room = new Semaphore(RUNS);
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Map<String, Semaphore> results = new ConcurrentHashMap<>();
    private final Queue<Object> failures = new ConcurrentLinkedQueue<>();

    @Configuration
    public Option[] configuration() {
        return options(PlainFelix.platform(), PlainFelix.engine(), PlainFelix.jdbc());
    }

    @Test
    public void nothingKeepsTheClassLoaderOfAnOldVersion() throws Exception {
        Platform platform = new Platform(context);
        platform.workflow(
                "swapped",
                builder -> builder.step("work").task(PLUGIN + ".work").input("millis", 20));
        Bundle plugin = context.installBundle(PLUGIN, jar("1.0.0"));
        plugin.start();
        Thread starter = new Thread(() -> startRuns(platform), "starter");
        starter.start();
        awaitResults("1.0.0");
        for (int i = 1; i <= UPDATES; i++) {
            String version = "1." + i + ".0";
            plugin.update(jar(version));
            awaitResults(version);
        }
        isOver.set(true);
        starter.join();
        assertTrue("all runs end", room.tryAcquire(RUNS, PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(List.of(), List.copyOf(failures));

        List<String> loaders = loadersOf(SwappedPlugin.class);

        // The test has a copy of the class of its own.
        String paths = "class loaders that are kept:\n" + String.join("\n", loaders);
        assertEquals(paths, 2, loaders.stream().filter(l -> !l.contains("kept by")).count());
        plugin.uninstall();
        assertEquals(
                "after its removal",
                1,
                loadersOf(SwappedPlugin.class).stream()
                        .filter(l -> !l.contains("kept by"))
                        .count());
    }

    private void startRuns(Platform platform) {
        while (!isOver.get()) {
            room.acquireUninterruptibly();
            var unused = platform.start("swapped").result().whenComplete(this::ended);
        }
    }

    private void ended(RunDetails run, Throwable error) {
        if (error == null && run.status() == RunStatus.COMPLETED) {
            Map<?, ?> worked = (Map<?, ?>) run.output("work").orElseThrow();
            result((String) worked.get("version")).release();
        } else {
            failures.add(error == null ? run.error() : error);
        }
        room.release();
    }

    private Semaphore result(String version) {
        return results.computeIfAbsent(version, v -> new Semaphore(0));
    }

    private void awaitResults(String version) throws InterruptedException {
        assertTrue(
                "Expected runs with results of %s, but found %s and the failures %s"
                        .formatted(version, results.keySet(), failures),
                result(version).tryAcquire(RUNS, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static InputStream jar(String version) {
        return new PluginJar(PLUGIN, version)
                .activator(SwappedPlugin.class)
                .type(SwappedPlugin.Work.class)
                .type(SwappedPlugin.Worked.class)
                .open();
    }

    /** The dump is read by a process outside the framework. */
    private static List<String> loadersOf(Class<?> type) throws Exception {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path folder = Files.createTempDirectory(Path.of("target"), "heap");
        Path dump = folder.resolve("heap.hprof").toAbsolutePath();
        String self = Long.toString(ProcessHandle.current().pid());
        output(bin.resolve("jcmd").toString(), self, "GC.heap_dump", dump.toString());
        List<String> paths =
                output(
                        bin.resolve("java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "itests.heap.ClassLoaders",
                        dump.toString(),
                        type.getName());
        Files.delete(dump);
        return paths;
    }

    private static List<String> output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(out, 0, process.waitFor());
        return out.lines().toList();
    }
}
