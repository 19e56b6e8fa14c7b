package itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;

import java.util.Set;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** The features on a Karaf that starts without any of them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesInstallIT {
    private static final String JDBC = "orchestrator.state.jdbc";
    private static final String MEMORY = "orchestrator.state.memory";

    @Inject private BundleContext context;
    @Inject private FeaturesService service;
    private Features features;

    @Configuration
    public Option[] configuration() {
        return options(
                OwnDistribution.distribution(),
                editConfigurationFilePut(
                        "etc/org.apache.karaf.features.cfg",
                        "featuresBoot",
                        "framework,shell,feature,bundle,config,log,deployer,scr"));
    }

    @Before
    public void nothingIsInstalled() {
        features = new Features(service, context);
        assertEquals(Set.of(), features.ownBundles());
    }

    @After
    public void uninstallLeavesNothing() throws Exception {
        Set<String> ours = features.required();
        ours.removeIf(name -> !name.startsWith("orchestrator"));
        if (!ours.isEmpty()) {
            features.uninstall(ours.toArray(String[]::new));
        }
        assertEquals(Set.of(), features.ownBundles());
    }

    @Test
    public void withoutAChosenStoreTheDurableOneComes() throws Exception {
        features.install("orchestrator");
        assertTrue(features.ownBundles().contains(JDBC));
        assertTrue(!features.ownBundles().contains(MEMORY));
    }

    @Test
    public void memoryChosenFirstKeepsTheDurableOneOut() throws Exception {
        features.install("orchestrator-memory");
        assertEquals(Set.of("orchestrator.api", MEMORY), features.ownBundles());
        features.install("orchestrator");
        assertTrue(features.ownBundles().contains(MEMORY));
        assertTrue(!features.ownBundles().contains(JDBC));
    }

    @Test
    public void memoryChosenTogetherKeepsTheDurableOneOut() throws Exception {
        features.install("orchestrator", "orchestrator-memory");
        assertTrue(features.ownBundles().contains(MEMORY));
        assertTrue(!features.ownBundles().contains(JDBC));
    }

    @Test
    public void bothStoresLiveSideBySideWhenBothAreNamed() throws Exception {
        features.install("orchestrator", "orchestrator-memory", "orchestrator-jdbc");
        assertTrue(features.ownBundles().containsAll(Set.of(JDBC, MEMORY)));
    }

    @Test
    public void aStoreAloneIsInstalledAndUninstalled() throws Exception {
        features.install("orchestrator-jdbc");
        assertEquals(Set.of("orchestrator.api", JDBC), features.ownBundles());
    }

    @Test
    public void workflowFilesAloneAreInstalledAndUninstalled() throws Exception {
        features.install("orchestrator-definitions");
        assertEquals(Set.of("orchestrator.api", "orchestrator.definitions"), features.ownBundles());
    }

    @Test
    public void theExampleBringsTheOrchestrator() throws Exception {
        features.install("orchestrator-examples-knowledge");
        assertTrue(
                features.ownBundles()
                        .containsAll(
                                Set.of("orchestrator.engine", "orchestrator.examples.knowledge")));
    }
}
