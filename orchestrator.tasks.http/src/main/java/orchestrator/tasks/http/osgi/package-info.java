/** The task as a service. */
package orchestrator.tasks.http.osgi;
