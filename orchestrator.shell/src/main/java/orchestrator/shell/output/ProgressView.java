package orchestrator.shell.output;

import orchestrator.api.run.RunDetails;

/**
 * Shows how a run comes along: on a terminal one line that is written over, elsewhere a line whenever something has
 * changed. Not thread safe.
 */
public final class ProgressView {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Screen screen;
    private final ProgressLine lines;
    private String last = "";

    private ProgressView(Screen screen, ProgressLine lines) {
        this.screen = screen;
        this.lines = lines;
    }

    /** A view on the screen. */
    public static ProgressView on(Screen screen, Times times) {
        return new ProgressView(screen, new ProgressLine(times));
    }

    /** A view that shows nothing, where the output is for scripts. */
    public static ProgressView none() {
        return new ProgressView(null, null);
    }

    /** Shows where the run stands. */
    public void show(RunDetails run) {
        if (screen == null) {
            return;
        }
        show(screen.terminal() ? lines.bar(run) : lines.plain(run));
    }

    /** Shows a text in place of the progress: what stands in the way of knowing it. */
    public void show(String text) {
        if (screen == null) {
            return;
        }
        if (screen.terminal()) {
            // One character less than there is room for: some terminals wrap at the last one.
            screen.out().print(CLEAR_LINE + screen.cut(text, screen.width() - 1));
            screen.out().flush();
        } else if (!text.equals(last)) {
            screen.line(Screen.oneLine(text));
            screen.out().flush();
        }
        last = text;
    }

    /** Takes the line away, so that what is written next begins on a clean one. */
    public void end() {
        if (screen != null && screen.terminal() && !last.isEmpty()) {
            screen.out().print(CLEAR_LINE);
            screen.out().flush();
        }
        last = "";
    }
}
