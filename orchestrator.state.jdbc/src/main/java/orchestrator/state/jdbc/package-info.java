/** The store in a database: the embedded one, or a PostgreSQL server. */
package orchestrator.state.jdbc;
