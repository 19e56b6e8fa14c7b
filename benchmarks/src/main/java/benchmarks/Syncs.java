package benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Counts the sync calls of this process with strace, if it is there and may look. */
final class Syncs {
    private static final int RUNS = 2_000;

    private final PrintStream out;

    Syncs(PrintStream out) {
        this.out = out;
    }

    /** Prints sync calls for each run; a fan-out is one run. */
    void count(Field field, List<Shape> shapes) throws Exception {
        out.printf("%n%s%n%n| contender | shape | syncs a run |%n| --- | --- | ---: |%n", "syncs");
        for (Shape shape : shapes) {
            int runs = shape.items() == 0 ? RUNS : 10;
            for (Contender contender : field.contenders()) {
                OptionalLong calls = traced(contender, shape, runs);
                if (calls.isEmpty()) {
                    out.println("(not counted: strace is not there, or may not look)");
                    return;
                }
                out.printf(
                        "| %s | %s | %.3f |%n",
                        contender.name(), shape.name(), (double) calls.getAsLong() / runs);
            }
        }
    }

    private static OptionalLong traced(Contender contender, Shape shape, int runs)
            throws Exception {
        Path counts = Files.createTempFile("syncs", ".txt");
        try {
            Process strace;
            try {
                strace = start(counts);
            } catch (IOException e) {
                return OptionalLong.empty();
            }
            String first = strace.errorReader(StandardCharsets.UTF_8).readLine();
            if (first == null || !first.contains("attached")) {
                strace.destroy();
                return OptionalLong.empty();
            }
            contender.work(shape, Meter.ofRuns(runs));
            interrupt(strace);
            return OptionalLong.of(sum(Files.readAllLines(counts)));
        } finally {
            Files.deleteIfExists(counts);
        }
    }

    private static Process start(Path counts) throws IOException {
        return new ProcessBuilder(
                        "strace",
                        "-f",
                        "-c",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-o",
                        counts.toString(),
                        "-p",
                        Long.toString(ProcessHandle.current().pid()))
                .start();
    }

    private static void interrupt(Process strace) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
        strace.waitFor(20, TimeUnit.SECONDS);
    }

    /** Adds up the column of calls: the fourth of each line that ends with the name of a call. */
    private static long sum(List<String> lines) {
        long calls = 0;
        for (String line : lines) {
            if (line.strip().endsWith("sync")) {
                calls += Long.parseLong(line.strip().split("\\s+")[3]);
            }
        }
        return calls;
    }
}
