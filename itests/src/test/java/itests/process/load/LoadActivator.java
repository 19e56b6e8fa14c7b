package itests.process.load;

import java.nio.file.Path;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Keeps runs in flight from its start to its stop, as the headers of its manifest say. */
public final class LoadActivator implements BundleActivator {
    private Load load;

    @Override
    public void start(BundleContext context) {
        load =
                new Load(
                        context,
                        Path.of(header(context, "Load-Folder")),
                        Integer.parseInt(header(context, "Load-Runs")),
                        Long.parseLong(header(context, "Load-Millis")),
                        header(context, "Load-Watch"));
        load.start();
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        load.stop();
    }

    private static String header(BundleContext context, String name) {
        return context.getBundle().getHeaders().get(name);
    }
}
