package orchestrator.api.run;

import java.time.Instant;

/**
 * Why a run or step does not go on by itself right now.
 *
 * @param code {@code slot}, {@code retry}, {@code repeat}, {@code compensating}, {@code task} (not deployed),
 *     {@code timer}, {@code signal}, {@code pause}, {@code store}, {@code quarantined}, {@code children} (runs that it
 *     started), {@code child} (one of them, which stands still itself); of a skipped step {@code condition} or
 *     {@code skipped}; may grow
 * @param subject what exactly: the name of the task or signal, the step; may be empty
 * @param since since when
 * @param until when it ends at the latest, or null if nobody knows
 */
public record Reason(String code, String subject, Instant since, Instant until) {}
