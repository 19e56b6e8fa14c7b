package orchestrator.engine.core;

import java.time.Instant;
import orchestrator.api.run.RunStatus;

/**
 * How a run has ended.
 *
 * @param status the status that it has for ever
 * @param code why it did not complete, in one word; or null
 * @param message why it did not complete, or null
 * @param at when
 */
public record End(RunStatus status, String code, String message, Instant at) {
    /** Why it did not complete, as it is listed; null if it did, or if nobody has said why. */
    String error() {
        return switch (status) {
            case FAILED -> code + ": " + message;
            case CANCELLED -> message.isEmpty() ? null : message;
            default -> null;
        };
    }
}
