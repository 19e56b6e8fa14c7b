/** A whole backend in the fewest words: what the testkit's engine runs on, and what writers of backends can read. */
package orchestrator.testkit.simple;
