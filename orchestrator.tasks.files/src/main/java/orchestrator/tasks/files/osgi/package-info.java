/** The tasks as services. */
package orchestrator.tasks.files.osgi;
