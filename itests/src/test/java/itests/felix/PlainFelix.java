package itests.felix;

import static itests.felix.ClassPathBundles.bundles;
import static itests.felix.ClassPathBundles.idle;
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

    /** The store in memory, installed and not started. */
    static Option idleMemory() {
        return composite(idle("orchestrator.state.memory"));
    }

    /** The store in a database; by default the embedded one, in a new folder. */
    static Option jdbc() {
        return composite(drivers(), composite(bundles("orchestrator.state.jdbc")));
    }

    /** The store in a database, installed and not started. */
    static Option idleJdbc() {
        return composite(drivers(), composite(idle("orchestrator.state.jdbc")));
    }

    /** Workflow files. */
    static Option definitions() {
        return composite(
                bundles(
                        "org.apache.felix.fileinstall",
                        "snakeyaml-engine",
                        "orchestrator.definitions"));
    }

    private static Option drivers() {
        try {
            Path store = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "store");
            return composite(
                    composite(bundles("sqlite-jdbc", "postgresql")),
                    frameworkProperty("orchestrator.store").value(store.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
