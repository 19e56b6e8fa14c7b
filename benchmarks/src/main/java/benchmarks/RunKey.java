package benchmarks;

/** Ids of the floors' runs: as long as the engine's, and sorted by time like them. */
final class RunKey {
    private RunKey() {}

    static String of(long number) {
        return "%012x7000800000000000000f".formatted(number);
    }
}
