package orchestrator.shell.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.shell.MemoryEngine;
import orchestrator.shell.Samples;
import orchestrator.shell.output.Times;
import orchestrator.state.memory.MemoryStateBackend;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.rules.ExternalResource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Felix with Declarative Services, inside the test, which sees the same API. */
final class TestFramework extends ExternalResource {
    private static final List<String> SHARED =
            List.of(
                    "org.osgi.service.component;version=1.5.1",
                    "org.osgi.service.component.runtime;version=1.5",
                    "org.osgi.service.component.runtime.dto;version=1.5",
                    "org.osgi.util.promise;version=1.3",
                    "org.osgi.util.function;version=1.2",
                    "orchestrator.api;version=1.0",
                    "orchestrator.api.run;version=1.0");

    /** An engine without runs; a test takes it away by null. */
    MemoryEngine engine = new MemoryEngine();

    private final Map<String, String> properties;
    private Framework framework;
    private Path storage;

    TestFramework(Map<String, String> properties) {
        this.properties = properties;
    }

    @Override
    protected void before() throws Exception {
        storage = Files.createTempDirectory("framework");
        Map<String, String> all = new java.util.TreeMap<>(properties);
        all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        all.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", SHARED));
        framework = new FrameworkFactory().newFramework(all);
        framework.start();
        context()
                .installBundle(
                        "reference:"
                                + Class.forName("org.apache.felix.scr.impl.Activator")
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation())
                .start();
    }

    @Override
    protected void after() {
        try {
            framework.stop();
            framework.waitForStop(20_000);
            try (Stream<Path> files = Files.walk(storage)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle install(TestBundle bundle) throws BundleException {
        return context().installBundle("test:" + System.identityHashCode(bundle), bundle.open());
    }

    Bundle start(TestBundle bundle) throws BundleException {
        Bundle installed = install(bundle);
        installed.start();
        return installed;
    }

    /** Offers a store under a name. */
    ServiceRegistration<StateBackend> store(String name, boolean durable) {
        return context()
                .registerService(
                        StateBackend.class,
                        new MemoryStateBackend(InstantSource.system(), 10),
                        FrameworkUtil.asDictionary(
                                Map.of(
                                        StateBackend.STATE_NAME,
                                        name,
                                        StateBackend.STATE_DURABLE,
                                        durable)));
    }

    ServiceComponentRuntime components() {
        return context().getService(context().getServiceReference(ServiceComponentRuntime.class));
    }

    Surroundings surroundings() {
        return new Surroundings(
                context(),
                components(),
                engine,
                engine,
                engine,
                null,
                new Times(() -> Samples.START.plusSeconds(7200)));
    }

    /** What is found, each with its action on the same line. */
    List<String> findings() {
        return Examination.of(surroundings()).stream()
                .map(t -> "%s %s: %s | %s".formatted(t.severity(), t.check(), t.what(), t.action()))
                .toList();
    }
}
