package orchestrator.shell.graph;

/**
 * The second of two steps comes after the first.
 *
 * @param from the name of the step before
 * @param to the name of the step that comes after it
 */
public record GraphEdge(String from, String to) {}
