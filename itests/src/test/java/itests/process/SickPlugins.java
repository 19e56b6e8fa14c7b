package itests.process;

import com.fasterxml.jackson.databind.JsonNode;
import itests.process.sick.Needy;
import itests.process.sick.SickActivator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

    private static final String ACTIVE = "(?s).*Active[^\\n]*\\Q%s\\E[^\\n]*leak.*";

    private final KarafProcess karaf;

    SickPlugins(KarafProcess karaf) {
        this.karaf = karaf;
    }

    /** Drops them, and runs the workflow whose task is never offered. */
    void drop() throws IOException {
        deploy(
                "lame",
                "1.0.0",
                Map.of("Import-Package", "org.example.absent;version=\"[1.6,2)\""),
                Map.of());
        deploy(
                "needy",
                "1.0.0",
                Map.of(
                        "Import-Package",
                        PluginFile.IMPORTS,
                        "Service-Component",
                        "OSGI-INF/mailer.xml"),
                Map.of("OSGI-INF/mailer.xml", COMPONENT));
        karaf.deploy(
                WORKFLOW, "workflow: lonely\nversion: 1\nsteps:\n  only: { task: sick.absent }\n");
        leak("1.0.0");
        leak("1.1.0");
        Patience.until(
                "workflow lonely to be started",
                () -> karaf.client("workflow:run lonely").exitCode() == 0,
                karaf::endOfLog);
    }

    void takeAway() {
        List.of("lame.jar", "needy.jar", "leak.jar", WORKFLOW).forEach(karaf::undeploy);
        karaf.client("run:list --workflow lonely --format json")
                .succeeded()
                .lines()
                .filter(line -> line.contains("\"id\""))
                .map(line -> line.replaceAll(".*: \"|\".*", ""))
                .forEach(run -> karaf.client("run:cancel " + run).succeeded());
    }

    /** Waits until the doctor has found that, and says what is to be done. */
    void awaitFound(String check, String what, String action) {
        Patience.until(
                "%s: %s → %s".formatted(check, what, action),
                () -> found(check).stream().anyMatch(says(what, action)),
                () -> found(check) + "\n" + karaf.endOfLog());
    }

    /** Waits until the doctor finds nothing of that kind about a thing. */
    void awaitHealed(String check, String what) {
        Patience.until(
                "nothing about %s among %s".formatted(what, check),
                () -> found(check).stream().noneMatch(says(what, "")),
                () -> found(check));
    }

    private static Predicate<JsonNode> says(String what, String action) {
        return finding ->
                finding.get("what").textValue().contains(what)
                        && finding.get("action").textValue().contains(action);
    }

    private List<JsonNode> found(String check) {
        String said = karaf.client("orchestrator:doctor --format json").succeeded();
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode finding : Probe.json(said).get(0).get("findings")) {
            if (finding.get("check").textValue().equals(check)) {
                found.add(finding);
            }
        }
        return found;
    }

    /** An update in place, once the version before is at work. */
    private void leak(String version) throws IOException {
        String thread = "sick-poller " + version;
        deploy(
                "leak",
                version,
                Map.of("Import-Package", PluginFile.IMPORTS, "Sick-Thread", thread),
                Map.of());
        Patience.until(
                "leak %s to be active".formatted(version),
                () -> karaf.client("bundle:list").succeeded().matches(ACTIVE.formatted(version)),
                karaf::endOfLog);
    }

    private void deploy(
            String name, String version, Map<String, String> headers, Map<String, String> texts)
            throws IOException {
        Path jar =
                PluginFile.write(
                        karaf.folder(), name, version, SickActivator.class, headers, texts);
        Path plain = karaf.folder().resolve(name + ".jar");
        karaf.deploy(Files.move(jar, plain, StandardCopyOption.REPLACE_EXISTING));
    }
}
