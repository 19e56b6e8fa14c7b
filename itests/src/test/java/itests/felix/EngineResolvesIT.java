package itests.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import orchestrator.api.run.TaskInfo;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The engine on a plain Felix framework, beside nothing of Karaf. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class EngineResolvesIT {
    @Inject private BundleContext context;

    @Configuration
    public Option[] configuration() {
        return options(
                PlainFelix.platform(),
                PlainFelix.engine(),
                PlainFelix.memory(),
                PlainFelix.jdbc(),
                PlainFelix.definitions(),
                PlainFelix.knowledge());
    }

    @Test
    public void everyBundleIsActive() {
        String idle =
                Arrays.stream(context.getBundles())
                        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                        .map(bundle -> bundle + " in state " + bundle.getState())
                        .collect(Collectors.joining(", "));
        assertEquals("Expected every bundle to be active, but found " + idle, "", idle);
    }

    @Test
    public void theEngineIsWiredToTheApiAndToNoBackend() {
        Set<String> providers = providersOf("orchestrator.engine");
        providers.removeIf(name -> !name.startsWith("orchestrator."));
        assertTrue(
                "Expected the engine to be wired to the API alone, but found " + providers,
                Set.of("orchestrator.api").containsAll(providers));
    }

    @Test
    public void everyTaskOfThePluginIsOnOffer() {
        List<TaskInfo> tasks = new Platform(context).tasks().tasks();
        assertTrue(
                "Expected the plugin's tasks, but found " + tasks,
                tasks.stream().anyMatch(task -> task.name().equals("knowledge.validate")));
        assertEquals(List.of(), tasks.stream().flatMap(task -> task.problem().stream()).toList());
    }

    private Set<String> providersOf(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .flatMap(bundle -> bundle.adapt(BundleWiring.class).getRequiredWires(null).stream())
                .map(BundleWire::getProvider)
                .map(provider -> provider.getSymbolicName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
