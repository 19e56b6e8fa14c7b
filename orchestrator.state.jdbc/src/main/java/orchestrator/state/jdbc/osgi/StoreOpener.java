package orchestrator.state.jdbc.osgi;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import orchestrator.state.jdbc.JdbcStateBackend;
import orchestrator.state.jdbc.postgres.PostgresSettings;
import orchestrator.state.jdbc.postgres.PostgresStore;
import orchestrator.state.jdbc.sqlite.SqliteStore;

/** Opens the store that the configuration asks for. */
final class StoreOpener {
    private final StoreSettings settings;
    private final UnaryOperator<String> properties;
    private final Map<String, String> environment;

    StoreOpener(
            StoreSettings settings,
            UnaryOperator<String> properties,
            Map<String, String> environment) {
        this.settings = settings;
        this.properties = properties;
        this.environment = environment;
    }

    JdbcStateBackend open() {
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
}
