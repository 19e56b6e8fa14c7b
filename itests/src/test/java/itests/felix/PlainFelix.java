package itests.felix;

import static itests.felix.ClassPathBundles.bundles;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;

import org.ops4j.pax.exam.Option;

/** The options of a Felix framework without Karaf that can run the engine. */
final class PlainFelix {
    private PlainFelix() {}

    /** JUnit, Declarative Services, Configuration Admin, the API and what the engine imports. */
    static Option platform() {
        return composite(
                options(
                        junitBundles(),
                        composite(
                                bundles(
                                        "pax-logging-api",
                                        "org.osgi.util.function",
                                        "org.osgi.util.promise",
                                        "org.osgi.service.component",
                                        "org.apache.felix.configadmin",
                                        "org.apache.felix.scr",
                                        "jackson-annotations",
                                        "jackson-core",
                                        "jackson-databind",
                                        "commons-jexl3",
                                        "orchestrator.api"))));
    }

    /** The engine. */
    static Option engine() {
        return composite(bundles("orchestrator.engine"));
    }

    /** The store in memory. */
    static Option memory() {
        return composite(bundles("orchestrator.state.memory"));
    }
}
