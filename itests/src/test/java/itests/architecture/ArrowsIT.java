package itests.architecture;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import aQute.bnd.osgi.Constants;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * The arrows between the bundles, read from what was built: everything may use the API, nothing the
 * engine, and nobody reaches a bundle in another way than through packages and services of the API.
 */
public class ArrowsIT {
    private static final String API = "orchestrator.api";
    private static final String TESTKIT = "orchestrator.testkit";

    /** What a bundle may require beyond packages, whatever its name; everything else is an arrow. */
    private static final Set<String> NAMESPACES =
            Set.of("osgi.ee", "osgi.extender", "osgi.implementation", "osgi.service");

    /** The implementations and extenders that may be asked for. */
    private static final Set<String> EXTENDERS = Set.of("osgi.component", "orchestrator.workflows");

    private static final Set<String> PLATFORM =
            Set.of(
                    API,
                    "orchestrator.definitions",
                    "orchestrator.engine",
                    "orchestrator.shell",
                    "orchestrator.state.jdbc",
                    "orchestrator.state.memory");

    private final List<BuiltBundle> bundles = BuiltBundle.all(Path.of(".."));

    @Test
    public void theFolderIsTheSymbolicName() {
        for (BuiltBundle bundle : bundles) {
            assertEquals(bundle.folder(), bundle.symbolicName());
        }
        assertTrue("Expected bundles, but found " + bundles, bundles.size() >= 8);
    }

    @Test
    public void onlyTheApiAndTheTestkitExportPackages() {
        for (BuiltBundle bundle : bundles) {
            boolean exporting = Set.of(API, TESTKIT).contains(bundle.folder());
            assertEquals(
                    "Expected " + bundle + " to export or not, but found " + bundle.exports(),
                    exporting,
                    !bundle.exports().isEmpty());
            for (String name : bundle.exports()) {
                assertTrue(
                        "Expected " + bundle + " to export its own packages, but found " + name,
                        isWithin(name, bundle.folder()));
            }
        }
    }

    @Test
    public void everyArrowBetweenOurPackagesPointsToTheApi() {
        List<String> wrong =
                bundles.stream()
                        .flatMap(
                                bundle ->
                                        bundle.ownImports().stream()
                                                .filter(name -> !isWithin(name, API))
                                                .map(name -> bundle + " → " + name))
                        .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    public void theApiDependsOnNothing() {
        BuiltBundle api = bundle(API);
        assertEquals(api.ownImports(), new TreeSet<>(api.imports().keyList()));
        assertEquals(Set.of("osgi.ee"), new TreeSet<>(api.requirements().keyList()));
    }

    @Test
    public void noImportIsOptionalOrDynamic() {
        for (BuiltBundle bundle : bundles) {
            assertEquals("" + bundle, null, bundle.header(Constants.REQUIRE_BUNDLE));
            assertEquals("" + bundle, null, bundle.header(Constants.DYNAMICIMPORT_PACKAGE));
            assertEquals("" + bundle, null, bundle.header(Constants.FRAGMENT_HOST));
            bundle.imports()
                    .forEach(
                            (name, attributes) ->
                                    assertFalse(
                                            bundle + " imports " + name + " optionally",
                                            "optional".equals(attributes.get("resolution:"))));
        }
    }

    @Test
    public void requiredCapabilitiesNameNoBundleOfOurs() {
        List<String> wrong =
                bundles.stream().flatMap(ArrowsIT::wrongRequirements).collect(Collectors.toList());
        assertEquals(List.of(), wrong);
    }

    /** A plugin that refers to one of them could not be installed as a feature otherwise. */
    @Test
    public void resolversKnowTheServicesThatPluginsReferTo() {
        String engine = bundle("orchestrator.engine").capabilities().toString();
        for (String service : List.of("WorkflowManager", "TaskExecutor", "StateManager")) {
            assertTrue(
                    "Expected %s as a capability, but found %s".formatted(service, engine),
                    engine.contains("orchestrator.api.run." + service));
        }
    }

    /** Versions of a plugin live side by side; those of the platform would each have their own tasks. */
    @Test
    public void thePlatformAloneConsistsOfSingletons() {
        Set<String> singletons =
                bundles.stream()
                        .filter(b -> b.header(Constants.BUNDLE_SYMBOLICNAME).contains("singleton"))
                        .map(BuiltBundle::folder)
                        .collect(Collectors.toSet());
        assertEquals(PLATFORM, singletons);
    }

    private static Stream<String> wrongRequirements(BuiltBundle bundle) {
        return bundle.requirements().entrySet().stream()
                .filter(requirement -> !isAllowed(requirement.getKey(), requirement.getValue()))
                .map(requirement -> bundle + " requires " + requirement);
    }

    /** A service of ours is one of the API; the implementation is asked for by its neutral name. */
    private static boolean isAllowed(String key, Map<String, String> attributes) {
        String namespace = key.replaceAll("~+$", "");
        String filter = String.valueOf(attributes.get("filter:"));
        if ("optional".equals(attributes.get("resolution:")) || !NAMESPACES.contains(namespace)) {
            return false;
        }
        return switch (namespace) {
            case "osgi.ee" -> true;
            case "osgi.extender" ->
                    EXTENDERS.stream().anyMatch(name -> filter.contains("=" + name + ")"));
            case "osgi.implementation" ->
                    filter.contains("(osgi.implementation=orchestrator)")
                            && "active".equals(attributes.get("effective:"));
            default ->
                    !filter.contains("(objectClass=orchestrator.")
                            || filter.contains("(objectClass=orchestrator.api.");
        };
    }

    private BuiltBundle bundle(String name) {
        return bundles.stream().filter(b -> b.folder().equals(name)).findFirst().orElseThrow();
    }

    private static boolean isWithin(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }
}
