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
    private final JdbcStateConfig config;
    private final UnaryOperator<String> properties;
    private final Map<String, String> environment;

    StoreOpener(
            JdbcStateConfig config,
            UnaryOperator<String> properties,
            Map<String, String> environment) {
        this.config = config;
        this.properties = properties;
        this.environment = environment;
    }

    JdbcStateBackend open() {
        if (config.url().isBlank()) {
            return SqliteStore.open(directory(), config.pool_size(), Clock.systemUTC());
        }
        return PostgresStore.open(
                new PostgresSettings(
                        config.url().strip(),
                        config.user().isEmpty() ? null : config.user(),
                        Secret.read(config.password(), environment),
                        config.pool_size()));
    }

    /** Karaf's data folder is wiped by a clean start; so the store lies beside it. */
    Path directory() {
        if (!config.directory().isBlank()) {
            return Path.of(config.directory().strip());
        }
        String store = properties.apply("orchestrator.store");
        if (store != null && !store.isBlank()) {
            return Path.of(store.strip());
        }
        String base = properties.apply("karaf.base");
        return base == null ? Path.of("store") : Path.of(base, "store");
    }
}
