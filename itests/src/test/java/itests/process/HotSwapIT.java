package itests.process;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import itests.heap.ClassLoaders;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;

/** The distribution, with runs in flight through a plugin that is updated, removed, put back and downgraded. */
public class HotSwapIT {
    private static final boolean LONG = Boolean.getBoolean("crash.long");
    private static final int RUNS = LONG ? 1000 : 200;
    private static final int UPDATES = LONG ? 50 : 5;
    private static final long MILLIS = LONG ? 1000 : 300;

    /** Ends the attempts of a plugin that goes, by default; and what a loaded machine needs to say so. */
    private static final long DRAIN_MILLIS = 5_000 + 2_000;

    @Rule public final KarafProcess karaf = new KarafProcess("hot-swap");

    @Test
    public void nothingFailsAndNothingIsLostWhileThePluginChanges() throws Exception {
        HotSwap swap = new HotSwap(karaf, RUNS, MILLIS, what -> System.out.println("  " + what));
        swap.begin();
        swap.update(UPDATES);
        swap.removeAndPutBack("1.%d.0".formatted(UPDATES + 1));
        swap.downgrade();
        LoadStatus end = swap.end();
        Path dump = karaf.folder().resolve("heap.hprof");
        karaf.dumpHeap(dump);
        karaf.stop();

        assertEquals(end.toString(), 0, end.failed());
        assertEquals(end.toString(), end.accepted(), end.completed());
        assertEquals("each version gave results", UPDATES + 2, end.versions().size());
        assertEquals("each change stopped the plugin once", UPDATES + 2, end.stops());
        assertTrue(end.toString(), end.longestStop() <= DRAIN_MILLIS);
        ClassLoaders loaders = new ClassLoaders(dump, "itests.process.swap.SwapActivator");
        assertEquals(
                "class loaders of the plugin that are kept alive:\n"
                        + String.join("\n", loaders.paths()),
                1,
                loaders.paths().size());
        SwapCheck check = new SwapCheck();
        check.check(karaf);
        assertTrue("Expected attempts that were handed back", check.handedBack() > 0);
        System.out.printf(
                "%,d runs, 0 failed, %,d with results of several versions, %,d attempts handed back; longest stop of the plugin"
                        + " %,d ms, longest gap %,d ms; starts refused %,d; class loaders alive 1, weakly or softly reachable %d%n"
                        + "  results by version %s%n",
                end.completed(),
                check.mixed(),
                check.handedBack(),
                end.longestStop(),
                end.longestGap(),
                end.refused(),
                loaders.unreachable(),
                check.byVersion());
    }
}
