package orchestrator.shell.doctor;

import java.lang.reflect.Field;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;

/** Class loaders of bundles that were uninstalled, or have been updated since. */
final class Departed {
    private Departed() {}

    /** The name of the version of a plugin that has gone and whose class loader this is, or is below this; for people. */
    static Optional<String> plugin(ClassLoader loader) {
        for (ClassLoader at = loader; at != null; at = at.getParent()) {
            if (at instanceof BundleReference reference) {
                Bundle bundle = reference.getBundle();
                return bundle == null || !hasGone(bundle, at) || !Names.isOfThePlatform(bundle)
                        ? Optional.empty()
                        : Optional.of(name(bundle, at));
            }
        }
        return Optional.empty();
    }

    private static boolean hasGone(Bundle bundle, ClassLoader loader) {
        if (bundle.getState() == Bundle.UNINSTALLED) {
            return true;
        }
        BundleWiring now = bundle.adapt(BundleWiring.class);
        return now == null || now.getClassLoader() != loader;
    }

    private static String name(Bundle bundle, ClassLoader loader) {
        boolean uninstalled = bundle.getState() == Bundle.UNINSTALLED;
        String now =
                uninstalled
                        ? ", which was uninstalled"
                        : ", which was updated to " + bundle.getVersion();
        return wiring(loader)
                .map(old -> Names.of(bundle, old.getRevision().getVersion()) + now)
                .orElseGet(
                        () ->
                                uninstalled
                                        ? Names.of(bundle) + now
                                        : "a former version of %s [%d]%s"
                                                .formatted(
                                                        bundle.getSymbolicName(),
                                                        bundle.getBundleId(),
                                                        now));
    }

    /** A framework forgets what it has refreshed, but its class loaders, as of Felix, know their wiring. */
    private static Optional<BundleWiring> wiring(ClassLoader loader) {
        try {
            for (Field field : loader.getClass().getDeclaredFields()) {
                if (BundleWiring.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    return Optional.ofNullable((BundleWiring) field.get(loader));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty(); // it is of another framework: its version is not told
        }
        return Optional.empty();
    }
}
