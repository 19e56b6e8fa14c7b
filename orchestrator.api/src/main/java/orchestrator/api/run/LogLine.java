package orchestrator.api.run;

import java.time.Instant;

/**
 * One line that a task wrote to the log of its run.
 *
 * @param at when, by the store's clock
 * @param level {@code TRACE}, {@code DEBUG}, {@code INFO}, {@code WARNING} or {@code ERROR}
 * @param step the step that wrote it
 * @param attempt the attempt that wrote it
 * @param text at most 4 KiB
 */
public record LogLine(Instant at, String level, String step, int attempt, String text) {}
