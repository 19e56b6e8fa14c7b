package orchestrator.state.jdbc.osgi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** Opens the store that the configuration asks for. Used by one thread. */
final class StoreOpener implements StoreWatch.Opener {
    private final StoreSettings settings;
    private final Source source;
    private final UnaryOperator<String> properties;
    private final Map<String, String> environment;

    private DataSource opened;

    /** With the data source that is looked for, or null if none is. */
    StoreOpener(
            StoreSettings settings,
            Source source,
            UnaryOperator<String> properties,
            Map<String, String> environment) {
        this.settings = settings;
        this.source = source;
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public JdbcStateBackend open() {
        settings.requireOneStore();
        if (source != null) {
            DataSource current = source.current();
            if (current == null) {
                throw absent();
            }
            opened = current;
            return PostgresStore.open(current, source.toString(), settings.poolSize());
        }
        if (settings.url().isEmpty()) {
            return SqliteStore.open(directory(), settings.poolSize(), Clock.systemUTC());
        }
        return PostgresStore.open(
                new PostgresSettings(
                        settings.url(),
                        settings.user().isEmpty() ? null : settings.user(),
                        Secret.read(settings.password(), environment),
                        settings.poolSize()));
    }

    @Override
    public void requireSource() {
        if (source != null && source.current() == null) {
            throw absent();
        }
    }

    @Override
    public boolean isReplaced() {
        if (source == null) {
            return false;
        }
        DataSource current = source.current();
        return current != null && current != opened;
    }

    private StateException absent() {
        return new StateUnavailableException(
                "Expected a service " + source + ", but found none", null);
    }

    /** Karaf's data folder is wiped by a clean start; so the store lies beside it. */
    Path directory() {
        if (!settings.directory().isEmpty()) {
            return Path.of(settings.directory());
        }
        String store = properties.apply("orchestrator.store");
        if (store != null && !store.isBlank()) {
            return Path.of(store.strip());
        }
        String base = properties.apply("karaf.base");
        return base == null ? Path.of("store") : Path.of(base, "store");
    }

    /** Where a data source comes from; its text names it in messages. */
    interface Source {
        /** The one that is there now, or null. */
        DataSource current();
    }
}
