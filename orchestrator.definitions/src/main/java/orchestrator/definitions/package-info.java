/** Reads workflow files: YAML or JSON in, a checked workflow or one clear message out. Knows nothing of OSGi. */
package orchestrator.definitions;
