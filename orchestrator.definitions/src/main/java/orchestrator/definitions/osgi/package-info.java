/** Registers workflow files as Workflow services: those in {@code deploy/}, and those that plugins carry. */
package orchestrator.definitions.osgi;
