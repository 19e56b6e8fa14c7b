package orchestrator.state.jdbc.osgi;

/**
 * What is configured, as it is used.
 *
 * @param url the server, or empty for the embedded database
 * @param user the user on the server, or empty
 * @param password where the password is found, or empty
 * @param poolSize connections to the server, or readers of the embedded database
 * @param directory of the embedded database, or empty
 */
record StoreSettings(String url, String user, String password, int poolSize, String directory) {
    static StoreSettings of(JdbcStateConfig config) {
        return new StoreSettings(
                config.url().strip(),
                config.user().strip(),
                config.password().strip(),
                Math.max(1, config.pool_size()),
                config.directory().strip());
    }
}
