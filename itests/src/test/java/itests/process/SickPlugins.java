package itests.process;

import com.fasterxml.jackson.databind.JsonNode;
import itests.process.sick.Needy;
import itests.process.sick.SickActivator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plugins in a Karaf with which something is wrong, and what its doctor says of them. */
final class SickPlugins {
    private static final String WORKFLOW = "lonely.workflow.yaml";
    private static final String COMPONENT =
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="sick.mailer">
              <implementation class="%s"/>
              <property name="task.name" value="sick.absent"/>
              <service><provide interface="orchestrator.api.Task"/></service>
              <reference name="transport" interface="java.util.concurrent.Callable" target="(kind=absent)"/>
            </scr:component>
            """
                    .formatted(Needy.class.getName());

    private final KarafProcess karaf;

    SickPlugins(KarafProcess karaf) {
        this.karaf = karaf;
    }

    /** Says whether the doctor finds nothing. */
    static boolean isHealthy(KarafProcess karaf) {
        return karaf.client("orchestrator:doctor")
                .succeeded()
                .strip()
                .endsWith("Nothing is wrong.");
    }

    void drop() throws IOException {
        deploy("lame", "1.0.0", "lame.jar", Map.of("Import-Package", "org.example.absent;version=\"[1.6,2)\""));
        karaf.deploy(
                PluginFile.write(
                        karaf.folder(),
                        "needy",
                        "1.0.0",
                        SickActivator.class,
                        Map.of(
                                "Import-Package",
                                PluginFile.IMPORTS,
                                "Service-Component",
                                "OSGI-INF/mailer.xml"),
                        Map.of("OSGI-INF/mailer.xml", COMPONENT)));
        karaf.deploy(
                WORKFLOW, "workflow: lonely\nversion: 1\nsteps:\n  only: { task: sick.absent }\n");
        leak("1.0.0");
        await("the thread of 1.0.0", "list of bundles", () -> bundles().contains("1.0.0"));
        leak("1.1.0");
    }

    private void leak(String version) throws IOException {
        deploy(
                "leak",
                version,
                "leak.jar",
                Map.of(
                        "Import-Package",
                        PluginFile.IMPORTS,
                        "Sick-Thread",
                        "sick-poller " + version));
    }

    private void deploy(String name, String version, String file, Map<String, String> headers)
            throws IOException {
        karaf.deploy(
                PluginFile.write(karaf.folder(), name, version, SickActivator.class, headers),
                file);
    }
}
