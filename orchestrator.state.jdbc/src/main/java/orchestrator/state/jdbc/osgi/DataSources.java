package orchestrator.state.jdbc.osgi;

import javax.sql.DataSource;
import orchestrator.api.state.StateException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** The data source that is asked for, as other bundles offer it, withdraw it and replace it. Asked by one thread. */
final class DataSources implements StoreOpener.Source, AutoCloseable {
    private final BundleContext context;
    private final String wanted;
    private final Runnable changed;
    private ServiceTracker<DataSource, DataSource> tracker;

    /**
     * Follows the services once it was asked.
     *
     * @param wanted a name, or a filter in parentheses
     * @param changed called when one came or went, on any thread
     */
    DataSources(BundleContext context, String wanted, Runnable changed) {
        this.context = context;
        this.wanted = wanted;
        this.changed = changed;
    }

    @Override
    public DataSource current() {
        if (tracker == null) {
            tracker = new ServiceTracker<>(context, filter(wanted), noting(context, changed));
            tracker.open();
        }
        return tracker.getService();
    }

    @Override
    public void close() {
        if (tracker != null) {
            tracker.close();
        }
    }

    @Override
    public String toString() {
        return "data source " + wanted;
    }

    static Filter filter(String wanted) {
        String chosen =
                wanted.startsWith("(")
                        ? wanted
                        : "(|(dataSourceName="
                                + literal(wanted)
                                + ")(osgi.jndi.service.name="
                                + literal(wanted)
                                + "))";
        try {
            return FrameworkUtil.createFilter(
                    "(&(" + Constants.OBJECTCLASS + "=javax.sql.DataSource)" + chosen + ")");
        } catch (InvalidSyntaxException e) {
            throw new StateException(
                    "Expected a name or a filter as datasource in orchestrator.state.jdbc,"
                            + " but found "
                            + wanted,
                    e);
        }
    }

    private static String literal(String text) {
        return text.replaceAll("([\\\\*()])", "\\\\$1");
    }

    private static ServiceTrackerCustomizer<DataSource, DataSource> noting(
            BundleContext context, Runnable changed) {
        return new ServiceTrackerCustomizer<>() {
            @Override
            public DataSource addingService(ServiceReference<DataSource> reference) {
                DataSource service = context.getService(reference);
                changed.run();
                return service;
            }

            @Override
            public void modifiedService(
                    ServiceReference<DataSource> reference, DataSource service) {
                changed.run();
            }

            @Override
            public void removedService(ServiceReference<DataSource> reference, DataSource service) {
                changed.run();
                context.ungetService(reference);
            }
        };
    }
}
