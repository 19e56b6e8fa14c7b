package orchestrator.api.state;

/**
 * A place where a store contradicts itself.
 *
 * @param run the run that it concerns
 * @param part {@code owner}, {@code inbox}, {@code index}, {@code snapshot}; of runs that do not exist {@code journal},
 *     {@code start-key}, {@code rows}; may grow
 * @param message what was expected and found
 */
public record Flaw(String run, String part, String message) {}
