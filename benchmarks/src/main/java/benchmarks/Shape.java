package benchmarks;

/**
 * What is run.
 *
 * @param name for people
 * @param inFlight how many runs are in progress at a time
 * @param items 0 for a run of {@link Work#STEPS} steps one after the other; else one step over so many items
 */
public record Shape(String name, int inFlight, int items) {
    /** Runs of {@link Work#STEPS} steps one after the other. */
    public static Shape steps(int inFlight) {
        String name = inFlight == 1 ? "one run at a time" : "%,d in flight".formatted(inFlight);
        return new Shape(name, inFlight, 0);
    }

    /** Runs of one step over so many items. */
    public static Shape fanOut(int items) {
        return new Shape("fan-out of %,d".formatted(items), 1, items);
    }

    /** How many results one run makes durable. */
    public int results() {
        return items == 0 ? Work.STEPS : items;
    }
}
