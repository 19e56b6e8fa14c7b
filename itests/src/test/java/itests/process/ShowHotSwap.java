package itests.process;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Version;

/**
 * A plugin that is updated, removed, put back and downgraded while runs are in flight, to be watched: {@code make
 * demo-hotswap}. Arguments: how many runs in flight, how many updates, and whether one line is drawn over and over. Ends
 * with 0 if nothing was lost.
 */
public final class ShowHotSwap {
    private static final long MILLIS = 1000;

    private final PrintStream out = System.out;
    private final KarafProcess karaf = new KarafProcess("show-hot-swap");
    private final int runs;
    private final int updates;
    private final boolean redraws;
    private final long began = System.nanoTime();
    private LoadStatus last = LoadStatus.read(Path.of("of nothing yet"));
    private boolean isDrawn;

    private ShowHotSwap(int runs, int updates, boolean redraws) {
        this.runs = runs;
        this.updates = updates;
        this.redraws = redraws;
    }

    /** Plays it once. */
    public static void main(String[] args) throws Exception {
        int runs = number("RUNS", args[0], 1, 5000);
        int updates = number("UPDATES", args[1], 1, 1000);
        try {
            new ShowHotSwap(runs, updates, Boolean.parseBoolean(args[2])).show();
        } catch (AssertionError e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int number(String name, String text, int from, int to) {
        if (!text.matches("\\d{1,6}")
                || Integer.parseInt(text) < from
                || Integer.parseInt(text) > to) {
            System.err.printf(
                    Locale.ROOT,
                    "Expected %s from %,d to %,d, but found '%s'%n",
                    name,
                    from,
                    to,
                    text);
            System.exit(2);
        }
        return Integer.parseInt(text);
    }

    private void show() throws Exception {
        Thread atExit = new Thread(karaf::killHard, "end of Karaf");
        Runtime.getRuntime().addShutdownHook(atExit);
        karaf.unpack();
        HotSwap swap = new HotSwap(karaf, runs, MILLIS, this::announce);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            swap.begin();
            var unused =
                    clock.scheduleAtFixedRate(() -> line(swap.status()), 0, 1, TimeUnit.SECONDS);
            swap.update(updates);
            swap.removeAndPutBack("1.%d.0".formatted(updates + 1));
            swap.downgrade();
            LoadStatus end = swap.end();
            clock.shutdown();
            karaf.stop();
            tell(end);
        } finally {
            clock.shutdownNow();
        }
    }

    private synchronized void announce(String what) {
        if (isDrawn) {
            out.println();
            isDrawn = false;
        }
        out.printf("%s  %s%n", time(), what);
    }

    /** How it stands: what has ended since the line before, by the version that gave the last result. */
    private synchronized void line(LoadStatus now) {
        double seconds = Math.max(1, now.at() - last.at()) / 1000.0;
        Map<Version, Long> lately = new TreeMap<>(now.versions());
        last.versions().forEach((version, n) -> lately.merge(version, -n, Long::sum));
        lately.values().removeIf(n -> n == 0);
        String text =
                String.format(
                        Locale.ROOT,
                        "%s  %,5.0f runs/s   in flight %,d   completed %,d   failed %,d   %s",
                        time(),
                        (now.completed() - last.completed()) / seconds,
                        now.flight(),
                        now.completed(),
                        now.failed(),
                        lately.isEmpty() ? "nothing ended" : "by version " + lately);
        last = now;
        if (redraws) {
            out.print("\r\033[K" + text);
            out.flush();
        } else {
            out.println(text);
        }
        isDrawn = redraws;
    }

    private String time() {
        Duration age = Duration.ofNanos(System.nanoTime() - began);
        return "%02d:%02d".formatted(age.toMinutes(), age.toSecondsPart());
    }

    private void tell(LoadStatus end) throws Exception {
        announce(
                "every journal is read: each step must have one result, told by the version that its journal names");
        SwapCheck check = new SwapCheck();
        check.check(karaf);
        out.printf(
                Locale.ROOT,
                """

                Runs accepted             %,d
                Runs completed            %,d
                Runs failed               %,d
                Runs of several versions  %,d
                Attempts handed back      %,d
                Plugin changed            %d times; the longest stop %,d ms, until it had started again %,d ms
                Step results by version   %s
                """,
                end.accepted(),
                end.completed(),
                end.failed(),
                check.mixed(),
                check.handedBack(),
                end.stops(),
                end.longestStop(),
                end.longestGap(),
                check.byVersion());
        if (end.failed() > 0 || end.completed() != end.accepted()) {
            throw new AssertionError("Expected no run to fail, but found " + end);
        }
    }
}
