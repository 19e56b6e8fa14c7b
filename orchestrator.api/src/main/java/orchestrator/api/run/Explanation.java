package orchestrator.api.run;

/**
 * Why a run stands where it stands.
 *
 * @param reason for machines: besides the codes of reasons {@code running}, {@code ended}, {@code ending}, {@code queue} (for
 *     room among the runs of a node), {@code owner} (it is another node's), {@code interrupt} (a body ignores it, and holds its
 *     thread); may grow
 * @param text for people, a sentence
 */
public record Explanation(Reason reason, String text) {}
