package orchestrator.state.jdbc.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the database is: a server by its URL, a data source by its name, or a folder. Every change closes the store and opens it anew. */
@ObjectClassDefinition(
        name = "Orchestrator: database",
        description =
                "The store of runs in an embedded database, or on PostgreSQL for several nodes")
public @interface JdbcStateConfig {

    /** The server; empty for the embedded database. */
    @AttributeDefinition(
            name = "URL",
            required = false,
            description = "jdbc:postgresql://host:port/database; empty for the embedded database")
    String url() default "";

    /** The user on the server. */
    @AttributeDefinition(name = "User", required = false)
    String user() default "";

    /** Where the password is found. */
    @AttributeDefinition(
            name = "Password",
            required = false,
            description = "Where it is found, never the password itself: env:NAME or file:PATH")
    String password() default "";

    /** A data source that another bundle offers, in place of url, user and password. */
    @AttributeDefinition(
            name = "Data source",
            required = false,
            description =
                    "A javax.sql.DataSource service of PostgreSQL: its dataSourceName or"
                            + " osgi.jndi.service.name, or a filter in parentheses; in place of url,"
                            + " user and password")
    String datasource() default "";

    /** How many connections to the server, or how many readers of the embedded database. */
    @AttributeDefinition(
            name = "Pool size",
            min = "1",
            description = "Connections to the server, or readers of the embedded database")
    int pool_size() default 8;

    /** Where the embedded database lies. */
    @AttributeDefinition(
            name = "Directory",
            required = false,
            description =
                    "Of the embedded database; empty for the framework property orchestrator.store,"
                            + " and without it the folder store beside Karaf's etc")
    String directory() default "";
}
