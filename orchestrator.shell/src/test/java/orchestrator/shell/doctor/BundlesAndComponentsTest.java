package orchestrator.shell.doctor;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import orchestrator.shell.doctor.plugin.Component;
import orchestrator.shell.doctor.plugin.FailingComponent;
import orchestrator.shell.doctor.plugin.LeakingPlugin;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

public class BundlesAndComponentsTest {
    private static final String NAMED = "name='com.example.Mailer'";

    @Rule public final TestFramework framework = new TestFramework(Map.of());

    @Before
    public void store() {
        framework.store("jdbc", true);
    }

    @Test
    public void nothingIsFoundWhereNothingIsWrong() throws Exception {
        framework.start(
                new TestBundle("com.example.mail", "1.0.0")
                        .header("Import-Package", TestBundle.API)
                        .component(NAMED, Component.class, ""));
        assertEquals(List.of(), framework.findings());
    }

    @Test
    public void aMissingPackageIsNamedWithWhatWouldProvideIt() throws Exception {
        Bundle mail =
                framework.install(
                        new TestBundle("com.example.mail", "1.2.0")
                                .header(
                                        "Import-Package",
                                        "javax.mail;version=\"[1.6,2)\",org.example.none;resolution:=optional"));
        assertFound(
                "ERROR bundles: Bundle com.example.mail 1.2.0 [%d] is not resolved: it needs package javax.mail [1.6.0,2.0.0), which no bundle exports. | Install a bundle or feature that exports package javax.mail, or put the package into the bundle. Then bundle:start %d.",
                mail, mail);
        Bundle old =
                framework.start(
                        new TestBundle("org.example.oldmail", "1.4.7")
                                .header("Export-Package", "javax.mail;version=1.4.7"));
        assertFound(
                "ERROR bundles: Bundle com.example.mail 1.2.0 [%d] is not resolved: it needs package javax.mail [1.6.0,2.0.0), but found only 1.4.7 of org.example.oldmail 1.4.7 [%d]. | Install a bundle that exports package javax.mail in a version that fits, or build this one against the version that is there. Then bundle:start %d.",
                mail, old, mail);
        Bundle provider =
                framework.install(
                        new TestBundle("org.example.newmail", "1.6.1")
                                .header("Export-Package", "javax.mail;version=1.6.1")
                                .header("Require-Capability", "org.example.socket"));
        List<String> found = framework.findings();
        assertEquals(found.toString(), 2, found.size());
        assertEquals(
                "ERROR bundles: Bundle com.example.mail 1.2.0 [%d] is not resolved: it needs package javax.mail [1.6.0,2.0.0), which org.example.newmail 1.6.1 [%d] would provide, but that is not resolved itself. | Mend org.example.newmail 1.6.1 [%d] first. Then bundle:start %d."
                        .formatted(
                                mail.getBundleId(),
                                provider.getBundleId(),
                                provider.getBundleId(),
                                mail.getBundleId()),
                found.get(0));
        assertEquals(
                "ERROR bundles: Bundle org.example.newmail 1.6.1 [%d] is not resolved: it needs capability org.example.socket, which no bundle provides. | Install the bundle or feature that provides it. Then bundle:start %d."
                        .formatted(provider.getBundleId(), provider.getBundleId()),
                found.get(1));
    }

    @Test
    public void aBundleThatNobodyHasResolvedIsTold() throws Exception {
        Bundle plain = framework.install(new TestBundle("org.example.plain", "1.0.0"));
        assertFound(
                "ERROR bundles: Bundle org.example.plain 1.0.0 [%d] is not resolved, though all that it needs is there: nobody has tried since, or its packages would come from bundles that contradict each other. | bundle:start %d resolves it, or says what stands against it.",
                plain, plain);
    }

    @Test
    public void aBundleForANewerJavaSaysSo() throws Exception {
        Bundle future =
                framework.install(
                        new TestBundle("com.example.future", "1.0.0")
                                .header(
                                        "Require-Capability",
                                        "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        assertFound(
                "ERROR bundles: Bundle com.example.future 1.0.0 [%d] is not resolved: it needs Java 99, but this is Java "
                        + Runtime.version().feature()
                        + ". | Run Karaf on that Java, or build the bundle for this one. Then bundle:start %d.",
                future,
                future);
    }

    @Test
    public void aPluginWhoseStartFailedIsTold() throws Exception {
        Bundle broken =
                framework.install(
                        new TestBundle("com.example.broken", "1.0.0")
                                .header("Import-Package", TestBundle.API)
                                .header("Bundle-Activator", "com.example.None"));
        assertThrows(BundleException.class, broken::start);
        assertFound(
                "ERROR bundles: Bundle com.example.broken 1.0.0 [%d] is to be active, but is not: its start failed. | log:display says why; bundle:start %d tries again.",
                broken, broken);
    }

    @Test
    public void aReferenceIsNamedWithItsTarget() throws Exception {
        Bundle mail =
                framework.start(
                        plugin().component(
                                        NAMED,
                                        Component.class,
                                        "<reference name='transport' interface='java.util.concurrent.Callable' target='(kind=smtp)'/>"));
        assertFound(
                "ERROR components: Component com.example.Mailer of com.example.mail 1.0.0 [%d] waits for its reference 'transport': nobody offers a service java.util.concurrent.Callable with (kind=smtp). | Install, start or configure a bundle that offers it with such properties, or change the target (transport.target in the component's configuration); service:list java.util.concurrent.Callable shows what is there.",
                mail);
    }

    @Test
    public void aServiceOfThePlatformComesWithItsStore() throws Exception {
        framework.start(
                plugin().component(
                                NAMED,
                                Component.class,
                                "<reference name='runs' interface='orchestrator.api.run.StateManager'/>"));
        String found = framework.findings().get(0);
        assertEquals(
                "| The engine offers it once it has its store: see what is told here of the store.",
                found.substring(found.indexOf('|')));
    }

    @Test
    public void whoWouldOfferAServiceIsNamed() throws Exception {
        framework.start(
                new TestBundle("org.example.smtp", "1.0.0")
                        .component(
                                "name='org.example.Smtp' configuration-policy='require'",
                                Component.class,
                                "<service><provide interface='java.lang.Runnable'/></service>"));
        Bundle mail =
                framework.start(
                        plugin().component(
                                        NAMED,
                                        Component.class,
                                        "<reference name='transport' interface='java.lang.Runnable'/>"));
        assertFound(
                "ERROR components: Component com.example.Mailer of com.example.mail 1.0.0 [%d] waits for its reference 'transport': nobody offers a service java.lang.Runnable; component org.example.Smtp of org.example.smtp would offer one, but does not work itself. | Mend that one first.",
                mail);
    }

    @Test
    public void aConfigurationThatIsMissingIsNamed() throws Exception {
        Bundle mail =
                framework.start(
                        plugin().component(
                                        NAMED
                                                + " configuration-policy='require' configuration-pid='com.example.mail'",
                                        Component.class,
                                        ""));
        assertFound(
                "ERROR components: Component com.example.Mailer of com.example.mail 1.0.0 [%d] waits for its configuration: there is none with the PID com.example.mail. | Put it into etc/com.example.mail.cfg.",
                mail);
    }

    @Test
    public void anActivationThatFailedSaysWhy() throws Exception {
        Bundle mail =
                framework.start(
                        plugin().component(
                                        NAMED + " immediate='true'", FailingComponent.class, ""));
        assertFound(
                "ERROR components: Component com.example.Mailer of com.example.mail 1.0.0 [%d] failed when it was activated: java.lang.IllegalStateException: Expected a licence, but found none. | Correct the cause (log:display has all of it), then bundle:restart %d.",
                mail, mail);
    }

    @Test
    public void aDisabledComponentIsTold() throws Exception {
        Bundle mail = framework.start(plugin().component(NAMED, Component.class, ""));
        ComponentDescriptionDTO component =
                framework.components().getComponentDescriptionDTO(mail, "com.example.Mailer");
        framework.components().disableComponent(component).getValue();
        assertFound(
                "WARNING components: Component com.example.Mailer of com.example.mail 1.0.0 [%d] is disabled. | scr:enable com.example.Mailer enables it.",
                mail);
    }

    @Test
    public void othersThanPluginsAreLeftToTheirOwners() throws Exception {
        framework.start(
                new TestBundle("org.example.other", "1.0.0")
                        .component(
                                NAMED,
                                Component.class,
                                "<reference name='x' interface='java.lang.Runnable'/>"));
        assertEquals(List.of(), framework.findings());
    }

    @Test
    public void threadsThatFormerVersionsLeftAreNamed() throws Exception {
        Bundle feed = framework.start(leaking("1.0.0"));
        assertEquals(List.of(), framework.findings());
        feed.update(leaking("1.1.0").open());
        String first =
                "left behind by com.example.feed 1.0.0 [%d], which was "
                        .formatted(feed.getBundleId());
        assertThreads("'poller of 1.0.0'", first + "updated to 1.1.0: its classes");
        feed.uninstall();
        assertThreads(
                "'poller of 1.0.0'",
                first + "uninstalled: its classes",
                "'poller of 1.1.0'",
                "left behind by com.example.feed 1.1.0 [%d], which was uninstalled: its"
                        .formatted(feed.getBundleId()));
        end("poller of 1.0.0");
        end("poller of 1.1.0");
        assertEquals(List.of(), framework.findings());
    }

    private static TestBundle leaking(String version) {
        Class<?> poller = LeakingPlugin.class.getDeclaredClasses()[0];
        return new TestBundle("com.example.feed", version)
                .header("Import-Package", "org.osgi.framework," + TestBundle.API)
                .header("Bundle-Activator", LeakingPlugin.class.getName())
                .type(LeakingPlugin.class)
                .type(poller);
    }

    /** Each thread with what is said of it. */
    private void assertThreads(String... expected) {
        List<String> found = framework.findings();
        assertEquals(found.toString(), expected.length / 2, found.size());
        for (int i = 0; i < found.size(); i++) {
            String wanted =
                    "WARNING threads: Thread \\Q%s\\E( \\(in \\S+\\))? was \\Q%s\\E.*"
                            .formatted(expected[2 * i], expected[2 * i + 1]);
            assertTrue(found.get(i), found.get(i).matches(wanted));
            assertTrue(found.get(i), found.get(i).contains(" | Let the plugin stop what it"));
        }
    }

    /** What the plugin should have done. */
    private static void end(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    private static TestBundle plugin() {
        return new TestBundle("com.example.mail", "1.0.0").header("Import-Package", TestBundle.API);
    }

    private void assertFound(String expected, Bundle... ids) {
        Object[] numbers = new Object[ids.length];
        for (int i = 0; i < ids.length; i++) {
            numbers[i] = ids[i].getBundleId();
        }
        assertEquals(List.of(expected.formatted(numbers)), framework.findings());
    }
}
