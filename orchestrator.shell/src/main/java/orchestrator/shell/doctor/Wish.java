package orchestrator.shell.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;

/** A requirement of a bundle, as people say it. */
final class Wish {
    private static final Pattern LOWEST =
            Pattern.compile("(?<!!)\\((?:bundle-)?version>=([^)]+)\\)");
    private static final Pattern BELOW =
            Pattern.compile("\\(!\\((?:bundle-)?version>=([^)]+)\\)\\)");

    private final String namespace;
    private final String filter;

    Wish(BundleRequirement requirement) {
        namespace = requirement.getNamespace();
        filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
    }

    boolean isPackage() {
        return PackageNamespace.PACKAGE_NAMESPACE.equals(namespace);
    }

    boolean isJava() {
        return ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE.equals(namespace);
    }

    /** The package, bundle or whatever else the namespace names; the whole filter if it is not plain. */
    String name() {
        Matcher name = Pattern.compile(Pattern.quote(namespace) + "=([^)]+)\\)").matcher(filter);
        return name.find() ? name.group(1) : filter;
    }

    /** {@code package javax.mail [1.6.0,2.0.0)}. */
    String text() {
        if (isPackage()) {
            return "package " + name() + range();
        } else if (isJava()) {
            Matcher version = Pattern.compile("version[>~]?=([0-9.]+)").matcher(filter);
            return "Java " + (version.find() ? version.group(1) : filter);
        } else if (HostNamespace.HOST_NAMESPACE.equals(namespace)) {
            return "host bundle " + name() + range();
        }
        return "capability %s %s".formatted(namespace, filter).strip().replaceAll(" null$", "");
    }

    private String range() {
        Matcher lowest = LOWEST.matcher(filter);
        Matcher below = BELOW.matcher(filter);
        String from = lowest.find() ? lowest.group(1) : "";
        if (below.find()) {
            return String.format(
                    Locale.ROOT, " [%s,%s)", from.isEmpty() ? "0" : from, below.group(1));
        }
        return from.isEmpty() || from.equals("0.0.0") ? "" : " " + from;
    }
}
