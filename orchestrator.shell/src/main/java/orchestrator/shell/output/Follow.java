package orchestrator.shell.output;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.StepInfo;
import orchestrator.shell.input.StepRun;

/**
 * Shows a run as it comes along, until its end: on a terminal a tree that is drawn over, elsewhere a line for each step that
 * has changed. Not thread safe.
 */
public final class Follow {
    private final Function<String, Optional<RunDetails>> look;
    private final Function<String, List<StepRun>> children;
    private final Screen screen;
    private final Redraw redraw;
    private final RunTree tree;
    private final Pause pause;
    private final Map<String, String> shown = new HashMap<>();

    /** Lets a moment pass between two looks. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @throws InterruptedException if the user has seen enough
         */
        void between() throws InterruptedException;
    }

    /**
     * A view.
     *
     * @param look finds a run by its id
     * @param children finds the runs that a run started
     * @param height how many lines a terminal has
     */
    public Follow(
            Function<String, Optional<RunDetails>> look,
            Function<String, List<StepRun>> children,
            Screen screen,
            int height,
            Times times,
            Pause pause) {
        this.look = look;
        this.children = children;
        this.screen = screen;
        this.redraw = new Redraw(screen, height);
        this.tree = new RunTree(screen, times);
        this.pause = pause;
    }

    /**
     * Shows it until its end.
     *
     * @return the run as it ended
     * @throws InterruptedException if the user has seen enough; the run goes on
     */
    public RunDetails until(String run) throws InterruptedException {
        while (true) {
            try {
                RunDetails present =
                        look.apply(run)
                                .orElseThrow(
                                        () ->
                                                new IllegalStateException(
                                                        "Expected run %s, but it has been deleted."
                                                                .formatted(run)));
                stopIfInterrupted();
                show(present);
                if (present.status().isFinal()) {
                    return present;
                }
            } catch (RefusedException e) {
                stopIfInterrupted();
                if (!e.code().equals("store")) {
                    throw e;
                }
                say("store", "The store does not answer; still following run " + run + ".");
            }
            pause.between();
        }
    }

    private void show(RunDetails run) {
        if (screen.terminal()) {
            draw(tree.lines(run, children.apply(run.id()), redraw.rows()));
            return;
        }
        shown.remove("store");
        say("run", "%s %s %d%%".formatted(run.id(), run.status(), run.progress()));
        for (StepInfo step : run.steps()) {
            say("step " + step.name(), tree.plain(step));
        }
    }

    /** A line that was not said before; on a terminal in place of the tree. */
    private void say(String about, String line) {
        if (screen.terminal()) {
            draw(List.of(line));
        } else if (!line.equals(shown.put(about, line))) {
            screen.line(Screen.oneLine(line));
            screen.out().flush();
        }
    }

    private void draw(List<String> lines) {
        int width = Math.max(1, screen.width() - 1);
        redraw.draw(lines.stream().map(line -> screen.cutKeepingIndent(line, width)).toList());
    }

    /** Before anything is written: Karaf's streams are closed for good by a write of an interrupted thread. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
