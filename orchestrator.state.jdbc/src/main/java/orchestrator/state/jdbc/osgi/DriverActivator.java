package orchestrator.state.jdbc.osgi;

import java.sql.SQLException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.postgresql.Driver;

/** The driver in this bundle is known to the JVM while the bundle runs; longer, and a bundle that has left stayed alive. */
public final class DriverActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) throws SQLException {
        if (!Driver.isRegistered()) { // its class does so itself, once
            Driver.register();
        }
    }

    @Override
    public void stop(BundleContext context) throws SQLException {
        if (Driver.isRegistered()) {
            Driver.deregister();
        }
    }
}
