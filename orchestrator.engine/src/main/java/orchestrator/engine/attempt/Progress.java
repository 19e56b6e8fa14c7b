package orchestrator.engine.attempt;

import orchestrator.engine.core.Limits;

/** What a body says of how far it is. Thread safe. */
final class Progress {
    private volatile String message;

    /** What it said last, for people; null if nothing. */
    String message() {
        return message;
    }

    void say(double fraction, String text) {
        int percent = (int) (Math.max(0, Math.min(1, fraction)) * 100);
        message = Limits.error(percent + "%" + (text == null ? "" : " " + text));
    }
}
