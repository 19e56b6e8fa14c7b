package orchestrator.state.jdbc.osgi;

import orchestrator.api.state.StateException;

/**
 * What is configured, as it is used.
 *
 * @param url the server, or empty
 * @param user the user on the server, or empty
 * @param password where the password is found, or empty
 * @param datasource the name or filter of a data source in place of a server, or empty
 * @param poolSize connections to the server, or readers of the embedded database
 * @param directory of the embedded database, or empty
 */
record StoreSettings(
        String url,
        String user,
        String password,
        String datasource,
        int poolSize,
        String directory) {
    static StoreSettings of(JdbcStateConfig config) {
        return new StoreSettings(
                config.url().strip(),
                config.user().strip(),
                config.password().strip(),
                config.datasource().strip(),
                config.pool_size(),
                config.directory().strip());
    }

    /** Throws if settings are there that contradict each other. */
    void requireOneStore() {
        if (poolSize < 1) {
            throw wrong("pool.size of at least 1", "pool.size = " + poolSize);
        }
        if (!datasource.isEmpty()) {
            require(url.isEmpty(), "either datasource or url", "both");
            require(user.isEmpty(), "the user where the datasource has it", "datasource and user");
            require(
                    password.isEmpty(),
                    "the password where the datasource has it",
                    "datasource and password");
        }
        if (!directory.isEmpty()) {
            require(datasource.isEmpty(), "datasource, or directory of the embedded one", "both");
            require(url.isEmpty(), "url, or directory of the embedded database", "both");
        }
        if (url.isEmpty()) {
            require(user.isEmpty(), "url together with user", "user alone");
            require(password.isEmpty(), "url together with password", "password alone");
        }
    }

    private static void require(boolean condition, String expected, String found) {
        if (!condition) {
            throw wrong(expected, found);
        }
    }

    private static StateException wrong(String expected, String found) {
        return new StateException(
                "Expected " + expected + " in orchestrator.state.jdbc, but found " + found, null);
    }
}
