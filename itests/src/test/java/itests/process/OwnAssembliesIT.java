package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** The sample projects of the guide, built as a user builds them; what they assemble is started and used. */
public class OwnAssembliesIT {
    private static final Path SAMPLES = Path.of("../distribution/samples").toAbsolutePath();
    private static final boolean LONG = Boolean.getBoolean("crash.long");

    @Rule public final PluginWorkshop workshop = new PluginWorkshop("assemblies");

    @Test
    public void theMemoryStoreAndTwoPluginsAlone() throws Exception {
        try (Assembled small = build("small")) {
            String bundles = small.command("bundle:list -t 0 -s --no-format");
            assertTrue(bundles, bundles.contains("orchestrator.state.memory"));
            assertFalse(bundles, bundles.contains("orchestrator.state.jdbc"));
            assertFalse(bundles, bundles.contains("sqlite"));
            small.assertTasks("http.request", "knowledge.validate");
        }
    }

    @Test
    public void everything() throws Exception {
        assumeTrue("in the long form", LONG);
        try (Assembled full = build("full")) {
            String bundles = full.command("bundle:list -t 0 -s --no-format");
            assertTrue(bundles, bundles.contains("orchestrator.state.jdbc"));
            full.assertTasks("http.request", "files.read", "knowledge.validate");
        }
    }

    private Assembled build(String name) throws Exception {
        workshop.installFeatures();
        workshop.shell(
                "cp -r %s . && cd %s && mvn -B -q package".formatted(SAMPLES.resolve(name), name),
                Path.of("."));
        Path project = workshop.folder().resolve(name);
        Path archive = project.resolve("target/%s-orchestrator-1.0.0.tar.gz".formatted(name));
        return new Assembled(name, archive);
    }

    /** A Karaf of an archive that was assembled; it runs until it is closed. */
    private static final class Assembled implements AutoCloseable {
        private final KarafProcess karaf;

        private Assembled(String name, Path archive) throws IOException, InterruptedException {
            karaf = new KarafProcess(name + "-assembly", archive);
            karaf.unpack();
            new PlainKaraf(karaf).prepare();
            karaf.start();
            karaf.awaitReady();
            System.out.printf(
                    "Assembly %s: %,d bytes; the engine answers a client %,d ms after the start%n",
                    name, Files.size(archive), karaf.age().toMillis());
        }

        private String command(String command) {
            return karaf.client(command).succeeded();
        }

        private void assertTasks(String... names) {
            String tasks = command("task:list");
            for (String name : names) {
                assertTrue(tasks, tasks.contains(name));
            }
            assertEquals("nothing may be fetched", Set.of(), new PlainKaraf(karaf).fetched());
        }

        @Override
        public void close() {
            karaf.killHard();
        }
    }
}
