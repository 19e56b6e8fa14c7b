/** Examples of what a plugin can do. */
package orchestrator.examples.plugins;
