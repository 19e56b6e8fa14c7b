package orchestrator.shell.output;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import orchestrator.api.run.Page;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunInfo;

/**
 * Shows a list of runs as they come along: on a terminal a table that is drawn over, elsewhere a line for each run that has
 * changed. Not thread safe.
 */
public final class Watch {
    private final Supplier<Page<RunInfo>> look;
    private final Table table;
    private final Screen screen;
    private final Redraw redraw;
    private final Pause pause;
    private Map<String, String> shown = new HashMap<>();

    /** Writes a list of runs. */
    @FunctionalInterface
    public interface Table {
        /** Writes it on that screen. */
        void print(Screen screen, Page<RunInfo> runs);
    }

    /** Lets a moment pass between two looks. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @return whether to look again
         * @throws InterruptedException if the user has seen enough
         */
        boolean between() throws InterruptedException;
    }

    /**
     * A view.
     *
     * @param look finds the runs
     * @param height how many lines a terminal has
     */
    public Watch(
            Supplier<Page<RunInfo>> look, Table table, Screen screen, int height, Pause pause) {
        this.look = look;
        this.table = table;
        this.screen = screen;
        this.redraw = new Redraw(screen, height);
        this.pause = pause;
    }

    /**
     * Shows the list until the pause ends it.
     *
     * @throws InterruptedException if the user has seen enough
     */
    public void show() throws InterruptedException {
        do {
            try {
                Page<RunInfo> runs = look.get();
                stopIfInterrupted();
                show(runs);
            } catch (RefusedException e) {
                stopIfInterrupted();
                if (!e.code().equals("store")) {
                    throw e;
                }
                say("The store does not answer; still watching.");
            }
        } while (pause.between());
    }

    private void show(Page<RunInfo> runs) {
        if (screen.terminal()) {
            redraw.draw(lines(runs));
            return;
        }
        Map<String, String> present = new HashMap<>(); // no more than is listed
        for (RunInfo run : runs.items()) {
            String line =
                    "%s %s %s %d%%"
                            .formatted(run.id(), run.workflow(), run.status(), run.progress());
            present.put(run.id(), line);
            if (!line.equals(shown.get(run.id()))) {
                screen.line(Screen.oneLine(line));
            }
        }
        shown = present;
        screen.out().flush();
    }

    /** One column less than there are: a full line would be two on some terminals. */
    private List<String> lines(Page<RunInfo> runs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        table.print(new Screen(out, screen.width() - 1, true, screen.charset()), runs);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void say(String line) {
        if (screen.terminal()) {
            redraw.draw(List.of(line));
        } else if (!line.equals(shown.get(""))) {
            shown = new HashMap<>(Map.of("", line));
            screen.line(line);
            screen.out().flush();
        }
    }

    /** Before anything is written: Karaf's streams are closed for good by a write of an interrupted thread. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
