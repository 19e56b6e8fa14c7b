package orchestrator.definitions.osgi;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import orchestrator.definitions.WorkflowFile;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Workflow files in plugins, in a real framework. */
public class WorkflowExtenderTest {
    private static final String HEADER = "OSGI-INF/workflows/*.yaml";
    private static final Map<String, String> FILES =
            Map.of(
                    "OSGI-INF/workflows/a.workflow.yaml", RealFramework.workflow("a", "one"),
                    "OSGI-INF/workflows/b.yaml", RealFramework.workflow("b", "one"),
                    "OSGI-INF/workflows/deeper/c.yaml", RealFramework.workflow("c", "one"),
                    "OSGI-INF/workflows/notes.txt", "none",
                    "more/d.json", "{\"workflow\":\"d\",\"steps\":{\"one\":{\"task\":\"t\"}}}");

    @Rule public final RealFramework framework = new RealFramework();

    private WorkflowExtender extender;

    @Before
    public void start() {
        extender = new WorkflowExtender(framework.context());
        extender.activate();
    }

    @Test
    public void aPluginsFilesAreItsServicesWhileItIsActive() throws BundleException {
        Bundle plugin = framework.install("plugin", HEADER + ", more/d.json", FILES);
        assertEquals(List.of(), framework.workflows());
        plugin.start();
        List<String> expected =
                List.of(
                        "plugin|a|plugin/OSGI-INF/workflows/a.workflow.yaml",
                        "plugin|b|plugin/OSGI-INF/workflows/b.yaml",
                        "plugin|d|plugin/more/d.json");
        assertEquals(expected, framework.workflows());
        plugin.stop();
        assertEquals(List.of(), framework.workflows());
        plugin.start();
        assertEquals(expected, framework.workflows());
        plugin.uninstall();
        assertEquals(List.of(), framework.workflows());
    }

    @Test
    public void pluginsThatAreActiveAlreadyAreFoundAndLetGo() throws BundleException {
        extender.deactivate();
        framework.install("plugin", HEADER, FILES).start();
        WorkflowExtender late = new WorkflowExtender(framework.context());
        late.activate();
        assertEquals(2, framework.workflows().size());
        late.deactivate();
        assertEquals(List.of(), framework.workflows());
    }

    @Test
    public void aBrokenFileHarmsNoOther() throws BundleException {
        framework
                .install(
                        "plugin",
                        HEADER,
                        Map.of(
                                "OSGI-INF/workflows/bad.yaml",
                                "workflow: bad\nsteps: *x\n",
                                "OSGI-INF/workflows/good.yaml",
                                RealFramework.workflow("good", "one")))
                .start();
        assertEquals(2, framework.workflows().size());
        List<String> problems =
                framework.services().stream()
                        .map(WorkflowFile.class::cast)
                        .flatMap(file -> file.problems().stream())
                        .map(Object::toString)
                        .toList();
        assertEquals(
                List.of(
                        "plugin/OSGI-INF/workflows/bad.yaml, line 2, column 8: Expected a value, but found the alias '*x'; write the value out."),
                problems);
    }

    @Test
    public void bundlesWithoutTheHeaderOrWithoutFilesAreLeftAlone() throws BundleException {
        framework.install("none", null, FILES).start();
        Bundle empty = framework.install("empty", "nowhere/*.yaml", FILES);
        empty.start();
        assertEquals(List.of(), framework.workflows());
        assertTrue(empty.getState() == Bundle.ACTIVE);
    }
}
