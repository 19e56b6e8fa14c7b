package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.inject.Inject;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StartOptions;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The examples that {@code docs/writing-a-plugin.md} shows, installed and used. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PluginExamplesIT {
    private static final String EXAMPLES = "orchestrator.examples.plugins";
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    @Inject private BundleContext context;
    private Platform platform;

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.jdbc(),
                PlainFelix.definitions(),
                composite(ClassPathBundles.bundles(EXAMPLES)));
    }

    @Before
    public void platform() {
        platform = new Platform(context);
        awaitWorkflow("invoicing");
        awaitWorkflow("approval");
    }

    @Test
    public void aRunWaitsForTheServiceThatItsTaskNeedsAndSeesChangesOfTheConfiguration()
            throws Exception {
        RunHandle first = invoice();
        platform.waiting(first.id());
        ServiceRegistration<Clock> clock = context.registerService(Clock.class, CLOCK, null);
        try {
            assertInvoice(Platform.end(first), 360);
            platform.configure(EXAMPLES, Map.of("tax.percent", 0));
            Await.present(
                    "an invoice without tax",
                    () ->
                            java.util.Optional.of(total(platform.ended(invoice().id())))
                                    .filter(cents -> cents == 300));
        } finally {
            clock.unregister();
        }
        platform.waiting(invoice().id());
    }

    @Test
    public void aCancelledRunEndsTheAttemptThatWaits() throws Exception {
        RunHandle run =
                platform.manager().executeWorkflow("approval", Map.of(), StartOptions.none());
        platform.run(run.id(), "running", r -> r.status() == RunStatus.RUNNING);
        platform.manager().cancelWorkflow(run.id(), "nobody answers");
        assertEquals(RunStatus.CANCELLED, Platform.end(run).status());
    }

    @Test
    public void theGuideShowsTheExamplesAsTheyAre() throws Exception {
        String guide = Files.readString(Path.of("../docs/writing-a-plugin.md"));
        List<String> shown =
                Pattern.compile(
                                "^```\\w+ file=(\\S+)\\n(.*?)^```$",
                                Pattern.MULTILINE | Pattern.DOTALL)
                        .matcher(guide)
                        .results()
                        .map(
                                block -> {
                                    assertTrue(
                                            "the guide shows " + block.group(1) + " as it is",
                                            source(block.group(1)).endsWith(block.group(2)));
                                    return block.group(1);
                                })
                        .toList();
        assertEquals(shown.toString(), 5, shown.size());
    }

    private RunHandle invoice() {
        return platform.manager()
                .executeWorkflow(
                        "invoicing",
                        Map.of("customer", "Ada", "cents", List.of(100, 200)),
                        StartOptions.none());
    }

    private static void assertInvoice(RunDetails run, long cents) {
        assertEquals(run.toString(), RunStatus.COMPLETED, run.status());
        Map<?, ?> invoice = (Map<?, ?>) run.output("invoice").orElseThrow();
        assertEquals("Ada", invoice.get("customer"));
        assertEquals("2026-11-24", invoice.get("date"));
        assertTrue(invoice.toString(), String.valueOf(invoice.get("number")).contains("invoice"));
        assertEquals(cents, total(run));
    }

    private static long total(RunDetails run) {
        return ((Number) ((Map<?, ?>) run.output("invoice").orElseThrow()).get("cents"))
                .longValue();
    }

    private static String source(String file) {
        try {
            return Files.readString(Path.of("..").resolve(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void awaitWorkflow(String name) {
        Await.present(
                "the workflow " + name,
                () ->
                        platform.manager().workflows().stream()
                                .filter(w -> w.name().equals(name) && w.problems().isEmpty())
                                .findFirst());
    }
}
