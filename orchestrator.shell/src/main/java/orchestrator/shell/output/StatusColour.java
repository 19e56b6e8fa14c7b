package orchestrator.shell.output;

import org.apache.karaf.shell.support.ansi.SimpleAnsi;

/** The colour of a status on a terminal. */
public final class StatusColour {
    private StatusColour() {}

    /** The sequence that begins the colour, or null if the text has none. */
    static String of(String status) {
        return switch (status.strip()) {
            case "COMPLETED", "MENDED", "ok" -> SimpleAnsi.COLOR_GREEN;
            case "FAILED", "ERROR", "REFUSED", "broken" -> SimpleAnsi.COLOR_RED;
            case "RUNNING" -> SimpleAnsi.COLOR_CYAN;
            case "WAITING", "RETRYING", "PAUSED", "QUEUED", "WARNING", "QUARANTINED", "waiting" ->
                    SimpleAnsi.COLOR_YELLOW;
            case "CANCELLED", "COMPENSATED" -> SimpleAnsi.COLOR_MAGENTA;
            default -> null;
        };
    }

    /** The status in its colour on a terminal, as it is elsewhere. */
    public static String paint(Screen screen, String status) {
        String colour = screen.terminal() ? of(status) : null;
        return colour == null ? status : colour + status + SimpleAnsi.COLOR_DEFAULT;
    }
}
