package orchestrator.shell.doctor;

import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** How bundles are named, and which of them are of interest. */
final class Names {
    private static final String OURS = "orchestrator.";
    private static final String API = "orchestrator.api";

    private Names() {}

    /** {@code com.example.mail 1.2.0 [87]}. */
    static String of(Bundle bundle) {
        return of(bundle, bundle.getVersion());
    }

    /** The same, of another version than its present one. */
    static String of(Bundle bundle, Version version) {
        String name = bundle.getSymbolicName();
        return "%s %s [%d]"
                .formatted(
                        name == null ? bundle.getLocation() : name, version, bundle.getBundleId());
    }

    /** Whether it belongs to the platform or imports its API; also of a bundle that was uninstalled. */
    static boolean isOfThePlatform(Bundle bundle) {
        String name = bundle.getSymbolicName();
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        return (name != null && name.startsWith(OURS))
                || (imports != null && imports.contains(API));
    }
}
