package orchestrator.definitions.osgi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import orchestrator.api.Workflow;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A Felix framework for one test, and bundles made on the fly. */
final class RealFramework extends ExternalResource {
    private final TemporaryFolder folder = new TemporaryFolder();
    private Framework framework;

    @Override
    protected void before() throws IOException, BundleException {
        folder.create();
        launch();
    }

    private void launch() throws BundleException {
        framework =
                new FrameworkFactory()
                        .newFramework(
                                Map.of(
                                        Constants.FRAMEWORK_STORAGE,
                                        folder.getRoot().getAbsolutePath()));
        framework.start();
    }

    /** Another framework over the same storage. */
    void restart() throws BundleException {
        stop();
        launch();
    }

    @Override
    protected void after() {
        try {
            stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        } finally {
            folder.delete();
        }
    }

    private void stop() throws BundleException {
        try {
            framework.stop();
            framework.waitForStop(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle install(String name, String header, Map<String, String> files) throws BundleException {
        return context()
                .installBundle("test:" + name, new ByteArrayInputStream(jar(name, header, files)));
    }

    /** Each workflow service as {@code bundle name|workflow|source}, in order. */
    List<String> workflows() {
        try {
            ServiceReference<?>[] references =
                    context().getAllServiceReferences(Workflow.class.getName(), null);
            List<String> found = new ArrayList<>();
            for (ServiceReference<?> reference :
                    references == null ? new ServiceReference<?>[0] : references) {
                found.add(
                        String.join(
                                "|",
                                reference.getBundle().getSymbolicName(),
                                (String) reference.getProperty("workflow.name"),
                                (String) reference.getProperty("orchestrator.source")));
            }
            return found.stream().sorted().toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The workflow services themselves, the oldest first. */
    List<Workflow> services() {
        try {
            return context().getServiceReferences(Workflow.class, null).stream()
                    .sorted(
                            (a, b) ->
                                    Long.compare(
                                            (Long) a.getProperty(Constants.SERVICE_ID),
                                            (Long) b.getProperty(Constants.SERVICE_ID)))
                    .map(reference -> context().getService(reference))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] jar(String name, String header, Map<String, String> files) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        attributes.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        if (header != null) {
            attributes.putValue(CarriedWorkflows.HEADER, header);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                jar.putNextEntry(new JarEntry(file.getKey()));
                jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String workflow(String name, String... steps) {
        StringBuilder text = new StringBuilder("workflow: " + name + "\nsteps:\n");
        Arrays.stream(steps).forEach(step -> text.append("  " + step + ": {task: t}\n"));
        return text.toString();
    }
}
