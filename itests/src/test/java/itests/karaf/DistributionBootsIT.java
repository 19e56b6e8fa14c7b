package itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.FeaturesService;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The distribution as it is unpacked. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DistributionBootsIT {
    @Inject private BundleContext context;
    @Inject private FeaturesService service;
    @Inject private BootFinished booted; // there when every boot feature has started
    private Features features;

    @Configuration
    public Option[] configuration() {
        return options(OwnDistribution.distribution());
    }

    @Before
    public void features() {
        features = new Features(service, context);
    }

    @Test
    public void theOrchestratorIsInstalledOnTheDurableStore() throws Exception {
        assertTrue(features.required().containsAll(Set.of("orchestrator", "orchestrator-jdbc")));
        assertEquals(
                Set.of(
                        "orchestrator.api",
                        "orchestrator.definitions",
                        "orchestrator.engine",
                        "orchestrator.shell",
                        "orchestrator.state.jdbc"),
                features.ownBundles());
    }

    @Test
    public void everyBundleIsActive() {
        String idle =
                Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getHeaders().get("Fragment-Host") == null)
                        .filter(bundle -> !bundle.getSymbolicName().startsWith("org.ops4j.pax."))
                        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                        .map(bundle -> bundle + " in state " + bundle.getState())
                        .collect(Collectors.joining(", "));
        assertNotNull(booted);
        assertEquals("", idle);
    }

    @Test
    public void anotherStoreBesideDoesNotTakeTheDurableOneAway() throws Exception {
        features.install("orchestrator-memory");
        try {
            assertTrue(features.ownBundles().contains("orchestrator.state.memory"));
            assertTrue(features.ownBundles().contains("orchestrator.state.jdbc"));
        } finally {
            features.uninstall("orchestrator-memory");
        }
        assertTrue(features.ownBundles().contains("orchestrator.state.jdbc"));
    }

    /** The folder that Karaf asks first: what lies there is never looked for on a network. */
    @Test
    public void everyBundleOfOurFeaturesLiesInTheDistribution() throws Exception {
        Path system = Path.of(System.getProperty("karaf.home"), "system");
        Set<String> bundles = features.bundlesOfOurs();
        List<String> elsewhere =
                bundles.stream()
                        .filter(bundle -> !Files.isRegularFile(system.resolve(path(bundle))))
                        .toList();
        assertEquals(List.of(), elsewhere);
        assertTrue(bundles.toString(), bundles.size() > 10);
    }

    /** Of a bundle such as mvn:group/artifact/version in a repository. */
    private static String path(String location) {
        String[] mvn = URI.create(location).getSchemeSpecificPart().split("/");
        return "%s/%s/%s/%s-%s.jar"
                .formatted(mvn[0].replace('.', '/'), mvn[1], mvn[2], mvn[1], mvn[2]);
    }
}
