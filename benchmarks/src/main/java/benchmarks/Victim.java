package benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that begins runs and never ends them, so that it can be killed: contender, url, number of runs. */
public final class Victim {
    private Victim() {}

    /** Goes on until it is killed. */
    public static void main(String[] args) throws Exception {
        int runs = Integer.parseInt(args[2]);
        int inMemory =
                Math.max(runs, EngineContender.RUNS); // none is another node's before it is killed
        try (Contender contender =
                Rivals.open(args[0], args[1], "victim", inMemory, Body.stuck())) {
            contender.work(Shape.steps(runs), Meter.ofRuns(runs));
        }
    }

    /** Starts one, which says in a file why it ended before it was killed. */
    static Process start(String contender, String url, int runs, File log) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx2g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Victim.class.getName(),
                                contender,
                                url,
                                Integer.toString(runs)))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }
}
