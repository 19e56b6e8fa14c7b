/** PostgreSQL, shared by several nodes. */
package orchestrator.state.jdbc.postgres;
