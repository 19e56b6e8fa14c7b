package orchestrator.shell.output;

import java.util.function.LongConsumer;

/** How many runs a pass over the store has looked at, on one line of a terminal. Ctrl-C ends the pass. */
public final class LookProgress implements LongConsumer, AutoCloseable {
    private final ProgressView view;

    private LookProgress(ProgressView view) {
        this.view = view;
    }

    /** On the screen, if it is a terminal and shows a page for people. */
    public static LookProgress on(Screen screen, Times times, boolean asJson) {
        boolean shown = screen.terminal() && !asJson;
        return new LookProgress(shown ? ProgressView.on(screen, times) : ProgressView.none());
    }

    @Override
    public void accept(long runs) {
        // Before anything is written: Karaf's streams are closed for good by a write of an
        // interrupted thread.
        if (Thread.interrupted()) {
            throw new IllegalStateException(
                    "Stopped after %s. What was done so far is done."
                            .formatted(Screen.count(runs, "run")));
        }
        view.show("Looked at %s ...".formatted(Screen.count(runs, "run")));
    }

    @Override
    public void close() {
        view.end();
    }
}
