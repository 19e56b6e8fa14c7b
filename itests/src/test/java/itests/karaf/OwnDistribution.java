package itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.options;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;

/** The options that start the distribution as it was built, without a network and without its console. */
final class OwnDistribution {
    private OwnDistribution() {}

    /** The distribution, unpacked below target/exam, with a console port that no other Karaf uses. */
    static Option distribution() {
        File archive = new File(System.getProperty("distribution"));
        return composite(
                options(
                        karafDistributionConfiguration()
                                .frameworkUrl(archive.toURI().toString())
                                .karafVersion(System.getProperty("karaf.version"))
                                .name("Orchestrator")
                                .unpackDirectory(new File("target/exam"))
                                .useDeployFolder(false),
                        configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                        logLevel(LogLevel.INFO),
                        systemTimeout(120_000),
                        editConfigurationFilePut(
                                "etc/org.ops4j.pax.url.mvn.cfg",
                                "org.ops4j.pax.url.mvn.repositories",
                                ""),
                        editConfigurationFilePut(
                                "etc/org.ops4j.pax.url.mvn.cfg",
                                "org.ops4j.pax.url.mvn.localRepository",
                                System.getProperty("org.ops4j.pax.url.mvn.localRepository"))));
    }
}
