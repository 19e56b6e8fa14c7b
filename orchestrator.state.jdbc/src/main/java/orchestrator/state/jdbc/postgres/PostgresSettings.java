package orchestrator.state.jdbc.postgres;

/**
 * Where the server is, and how it is spoken to.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's parameters if wanted
 * @param user the user, or null if the url says
 * @param password the password, or null
 * @param poolSize how many connections at most
 */
public record PostgresSettings(String url, String user, String password, int poolSize) {
    @Override
    public String toString() {
        // A password may stand among the parameters, and, although no driver takes it there, before
        // the host.
        String place = url.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//");
        return "PostgresSettings[" + place + ", " + poolSize + "]";
    }
}
