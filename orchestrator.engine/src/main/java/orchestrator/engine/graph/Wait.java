package orchestrator.engine.graph;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import orchestrator.api.definition.DurationText;

/**
 * What a step waits for in place of work: a time, or a signal.
 *
 * @param until gives a duration or an instant, or null if it waits for a signal
 * @param signal the name of the signal, or null if it waits for a time
 * @param timeout how long it waits for the signal, or null for as long as it takes
 */
public record Wait(Expression until, String signal, Duration timeout) {

    /** Whether it waits for a signal. */
    public boolean isForSignal() {
        return signal != null;
    }

    /** What it waits for, in one word for people: {@code wait} or {@code signal:x}. */
    public String shown() {
        return isForSignal() ? "signal:" + signal : "wait";
    }

    /**
     * When the wait ends by itself if it begins now, or null.
     *
     * @throws ExpressionException if there is no such time
     */
    public Instant endsAt(Scope scope, Instant now) {
        if (isForSignal()) {
            return timeout == null ? null : after(now, timeout);
        }
        Object value = until.evaluate(scope);
        if (value instanceof String text) {
            try {
                return after(now, DurationText.parse(text));
            } catch (IllegalArgumentException noDuration) {
                Instant latest = now.plus(Timeouts.LONGEST);
                Instant until = instant(text);
                return until.isAfter(latest) ? latest : until;
            }
        }
        throw none(value);
    }

    private static Instant after(Instant now, Duration time) {
        return now.plus(Timeouts.bounded(time));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw none(text);
        }
    }

    private static ExpressionException none(Object value) {
        String shown = String.valueOf(value);
        return new ExpressionException(
                "Expected wait to give a duration such as 2d or an instant such as 2030-01-31T12:00:00Z, but found "
                        + shown.substring(0, Math.min(100, shown.length())));
    }
}
