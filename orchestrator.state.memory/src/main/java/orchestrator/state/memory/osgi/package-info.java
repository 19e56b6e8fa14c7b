/** The memory backend as a service. */
package orchestrator.state.memory.osgi;
