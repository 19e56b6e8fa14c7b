package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Bundles that are not resolved, and plugins that could not be started. */
final class BundlesCheck extends Check {
    private static final int NAMED = 3;

    BundlesCheck() {
        super("bundles");
    }

    /** A requirement that nothing fulfils, with what is near and what would help. */
    private record Lack(String what, String action) {}

    @Override
    List<Trouble> look(Surroundings there) {
        List<Trouble> all = new ArrayList<>();
        for (Bundle bundle : there.bundles()) {
            if (bundle.getState() == Bundle.INSTALLED) {
                all.add(unresolved(bundle, there));
            } else if (isStopped(bundle)) {
                all.add(
                        error(
                                "Bundle %s is to be active, but is not: its start failed."
                                        .formatted(Names.of(bundle)),
                                "log:display says why; bundle:start %d tries again."
                                        .formatted(bundle.getBundleId())));
            }
        }
        return all;
    }

    /** Somebody wanted it to be started, and it is at its start level, but it is not active. */
    private static boolean isStopped(Bundle bundle) {
        if (bundle.getState() != Bundle.RESOLVED || !Names.isOfThePlatform(bundle)) {
            return false;
        }
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        boolean isFragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
        return level != null && level.isPersistentlyStarted() && !isFragment;
    }

    private Trouble unresolved(Bundle bundle, Surroundings there) {
        List<Lack> lacks = lacks(bundle, there);
        if (lacks.isEmpty()) {
            return error(
                    "Bundle %s is not resolved, though all that it needs is there: nobody has tried since, or its packages would come from bundles that contradict each other."
                            .formatted(Names.of(bundle)),
                    "bundle:start %d resolves it, or says what stands against it."
                            .formatted(bundle.getBundleId()));
        }
        List<Lack> first = lacks.subList(0, Math.min(NAMED, lacks.size()));
        String more = lacks.size() > NAMED ? ", and %d more".formatted(lacks.size() - NAMED) : "";
        return error(
                "Bundle %s is not resolved: it needs %s%s."
                        .formatted(
                                Names.of(bundle),
                                String.join("; ", first.stream().map(Lack::what).toList()),
                                more),
                "%s Then bundle:start %d."
                        .formatted(
                                String.join(
                                        " ", first.stream().map(Lack::action).distinct().toList()),
                                bundle.getBundleId()));
    }

    private static List<Lack> lacks(Bundle bundle, Surroundings there) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        FrameworkWiring framework =
                there.context()
                        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                        .adapt(FrameworkWiring.class);
        if (revision == null || framework == null) {
            return List.of();
        }
        List<Lack> lacks = new ArrayList<>();
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (isMandatory(requirement)) {
                lack(requirement, bundle, framework, there, lacks);
            }
        }
        return lacks;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String effective =
                requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        String resolution = requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
        return (effective == null || Namespace.EFFECTIVE_RESOLVE.equals(effective))
                && (resolution == null || Constants.RESOLUTION_MANDATORY.equals(resolution));
    }

    private static void lack(
            BundleRequirement requirement,
            Bundle bundle,
            FrameworkWiring framework,
            Surroundings there,
            List<Lack> lacks) {
        Collection<BundleCapability> providers = framework.findProviders(requirement);
        List<Bundle> bundles =
                providers.stream().map(p -> p.getRevision().getBundle()).distinct().toList();
        if (bundles.contains(bundle) || bundles.stream().anyMatch(BundlesCheck::isResolved)) {
            return;
        }
        Wish wish = new Wish(requirement);
        if (!bundles.isEmpty()) {
            String provider = Names.of(bundles.get(0));
            lacks.add(
                    new Lack(
                            "%s, which %s would provide, but that is not resolved itself"
                                    .formatted(wish.text(), provider),
                            "Mend %s first.".formatted(provider)));
        } else if (wish.isJava()) {
            lacks.add(
                    new Lack(
                            "%s, but this is Java %d"
                                    .formatted(wish.text(), Runtime.version().feature()),
                            "Run Karaf on that Java, or build the bundle for this one."));
        } else {
            lacks.add(absent(wish, there));
        }
    }

    private static Lack absent(Wish wish, Surroundings there) {
        List<String> others = wish.isPackage() ? exporters(wish.name(), there) : List.of();
        if (others.isEmpty()) {
            return new Lack(
                    wish.text()
                            + (wish.isPackage()
                                    ? ", which no bundle exports"
                                    : ", which no bundle provides"),
                    wish.isPackage()
                            ? "Install a bundle or feature that exports package %s, or put the package into the bundle."
                                    .formatted(wish.name())
                            : "Install the bundle or feature that provides it.");
        }
        return new Lack(
                "%s, but found only %s".formatted(wish.text(), String.join(", ", others)),
                "Install a bundle that exports package %s in a version that fits, or build this one against the version that is there."
                        .formatted(wish.name()));
    }

    /** Who exports that package in another version: {@code 2.0.0 of com.example 2.0.1 [7]}. */
    private static List<String> exporters(String name, Surroundings there) {
        return there.bundles().stream()
                .flatMap(BundlesCheck::exports)
                .filter(c -> name.equals(c.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(
                        c ->
                                "%s of %s"
                                        .formatted(
                                                c.getAttributes().get(Constants.VERSION_ATTRIBUTE),
                                                Names.of(c.getRevision().getBundle())))
                .distinct()
                .limit(NAMED)
                .toList();
    }

    private static Stream<BundleCapability> exports(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        List<BundleCapability> all =
                wiring == null
                        ? List.of()
                        : wiring.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE);
        return all == null ? Stream.of() : all.stream();
    }

    private static boolean isResolved(Bundle bundle) {
        return bundle.getState() != Bundle.INSTALLED && bundle.getState() != Bundle.UNINSTALLED;
    }
}
