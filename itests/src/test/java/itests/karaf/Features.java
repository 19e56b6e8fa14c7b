package itests.karaf;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;

/** The feature commands of a test: install, uninstall, and what is there afterwards. */
final class Features {
    private final FeaturesService service;
    private final BundleContext context;

    Features(FeaturesService service, BundleContext context) {
        this.service = service;
        this.context = context;
    }

    void install(String... names) throws Exception {
        service.installFeatures(Set.of(names), EnumSet.noneOf(FeaturesService.Option.class));
    }

    void uninstall(String... names) throws Exception {
        service.uninstallFeatures(Set.of(names), EnumSet.noneOf(FeaturesService.Option.class));
    }

    /** The names of the features that somebody asked for. */
    Set<String> required() throws Exception {
        return Arrays.stream(service.listRequiredFeatures())
                .map(feature -> feature.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The symbolic names of our bundles. */
    Set<String> ownBundles() {
        return Arrays.stream(context.getBundles())
                .map(bundle -> bundle.getSymbolicName())
                .filter(name -> name.startsWith("orchestrator."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the bundles of all our features come from, and those of the libraries that they bring. */
    Set<String> bundlesOfOurs() throws Exception {
        return Arrays.stream(service.listFeatures())
                .filter(feature -> feature.getName().startsWith("orchestrator"))
                .flatMap(feature -> feature.getBundles().stream())
                .map(bundle -> bundle.getLocation())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
