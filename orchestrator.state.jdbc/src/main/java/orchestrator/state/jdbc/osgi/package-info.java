/** The database backend as a service. */
package orchestrator.state.jdbc.osgi;
