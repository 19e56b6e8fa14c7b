/**
 * Looks after the store: finds what contradicts the journals, mends what can be derived from them, and clears away what
 * is old.
 */
package orchestrator.engine.maintenance;
