package benchmarks;

/** Something that does the work: the engine on a store, or a floor to compare it with. */
public interface Contender extends AutoCloseable {
    /** For people. */
    String name();

    /** Whether this work is for it. */
    default boolean takesPart(Shape shape) {
        return true;
    }

    /** Does runs of a shape for as long as the meter says, and tells it the end of each. All have ended on return. */
    void work(Shape shape, Meter meter) throws Exception;
}
