package itests.felix;

import static itests.felix.ClassPathBundles.bundles;
import static itests.felix.ClassPathBundles.later;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.Option;

/** The options of a Felix framework without Karaf that can run the engine. */
final class PlainFelix {
    private PlainFelix() {}

    /** JUnit, Declarative Services, Configuration Admin, the API and what the engine imports. */
    static Option platform() {
        return composite(
                options(
                        junitBundles(),
                        systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level")
                                .value("WARN"),
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

    /** The store in memory, to be installed by the test. */
    static Option memoryLater() {
        return composite(later("orchestrator.state.memory"));
    }

    /** The store in a database; by default the embedded one, in a new folder. */
    static Option jdbc() {
        return composite(drivers(), composite(bundles("orchestrator.state.jdbc")));
    }

    /** The store in a database, to be installed by the test. */
    static Option jdbcLater() {
        return composite(drivers(), composite(later("orchestrator.state.jdbc")));
    }

    /** Workflow files. */
    static Option definitions() {
        return composite(
                bundles(
                        "org.apache.felix.fileinstall",
                        "snakeyaml-engine",
                        "orchestrator.definitions"));
    }

    /** A plugin that does real work. */
    static Option knowledge() {
        return composite(bundles("orchestrator.examples.knowledge"));
    }

    /** The driver of PostgreSQL for whoever makes a data source; the store has one of its own. */
    static Option postgresql() {
        return composite(bundles("postgresql"));
    }

    private static Option drivers() {
        try {
            Path store = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "store");
            return composite(
                    composite(bundles("sqlite-jdbc")),
                    frameworkProperty("orchestrator.store").value(store.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
