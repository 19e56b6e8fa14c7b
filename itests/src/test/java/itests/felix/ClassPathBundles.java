package itests.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The jars of the test class path as bundles, so that the POM alone says which versions are tested. */
final class ClassPathBundles {
    private static final String LATER = "itests.later.";

    private ClassPathBundles() {}

    /** Options that install and start the jars of these artifacts. */
    static Option[] bundles(String... artifacts) {
        return Arrays.stream(artifacts).map(ClassPathBundles::find).toArray(Option[]::new);
    }

    /** Options that let a test install the jars of these artifacts later. */
    static Option[] later(String... artifacts) {
        return Arrays.stream(artifacts)
                .map(a -> frameworkProperty(LATER + a).value(find(a).getURL()))
                .toArray(Option[]::new);
    }

    /** Installs the jar of an artifact, and starts it. */
    static void start(BundleContext context, String artifact) throws BundleException {
        context.installBundle(context.getProperty(LATER + artifact)).start();
    }

    private static UrlProvisionOption find(String artifact) {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar");
        String path = System.getProperty("java.class.path");
        List<File> found =
                Arrays.stream(path.split(File.pathSeparator))
                        .map(File::new)
                        .filter(jar -> name.matcher(jar.getName()).matches())
                        .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    "Expected one jar of " + artifact + " on the class path, but found " + found);
        }
        return bundle("reference:" + found.get(0).toURI());
    }
}
