/** An engine in virtual time. */
package orchestrator.testkit.virtual;
