package benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Measures the engine beside the floors of its stores, contender after contender in turn, and prints medians. */
public final class Bench {
    private final Options options;
    private final PrintStream out;

    private Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs what the options ask for. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new Bench(new Options(args), out).run();
    }

    private void run() throws Exception {
        for (String store : options.stores()) {
            try (Field field = open(store)) {
                warmUp(field);
                for (Shape shape : options.shapes()) {
                    Table.print(out, store + ", " + shape.name(), measure(field, shape));
                }
                if (store.equals("embedded") && options.syncs()) {
                    new Syncs(out).count(field, options.shapes());
                }
            }
        }
    }

    /** The compiler has seen all the code before the first shape. */
    private void warmUp(Field field) throws Exception {
        Shape shape = Shape.steps(64);
        for (Contender contender : field.contenders()) {
            progress(shape, "long warm-up of " + contender.name());
            contender.work(shape, Meter.ofNanos(options.longWarmUpNanos()));
        }
    }

    private Field open(String store) throws Exception {
        return switch (store) {
            case "memory" -> Field.memory();
            case "embedded" -> Field.embedded(options.folder(), options.writers(1));
            default ->
                    throw new IllegalArgumentException(
                            "Expected memory or embedded, but found " + store);
        };
    }

    /** Warms each contender up, and then lets them work in turn, so that what disturbs one disturbs all. */
    private List<Figures> measure(Field field, Shape shape) throws Exception {
        List<Figures> figures = new ArrayList<>();
        for (Contender contender : field.contenders()) {
            progress(shape, "warm-up of " + contender.name());
            contender.work(shape, Meter.ofNanos(options.warmUpNanos()));
            figures.add(new Figures(contender.name()));
        }
        for (int round = 1; round <= options.rounds(); round++) {
            progress(shape, "round " + round + " of " + options.rounds());
            for (int i = 0; i < figures.size(); i++) {
                Contender contender = field.contenders().get(i);
                System.gc(); // what one left behind is not paid by the next
                figures.get(i).add(Round.of(contender, shape, Meter.ofNanos(options.nanos())));
            }
        }
        return figures;
    }

    private void progress(Shape shape, String what) {
        out.println("… " + shape.name() + ": " + what);
    }
}
