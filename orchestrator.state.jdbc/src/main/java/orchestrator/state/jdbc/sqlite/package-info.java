/** The embedded database. */
package orchestrator.state.jdbc.sqlite;
