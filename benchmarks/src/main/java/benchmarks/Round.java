package benchmarks;

/**
 * One measurement.
 *
 * @param rate results per second
 * @param p50 half of the runs took no longer, in nanoseconds
 * @param p99 of a hundred runs 99 took no longer, in nanoseconds
 * @param cpu CPU time for each result, in nanoseconds
 * @param allocated bytes allocated for each result
 */
record Round(double rate, double p50, double p99, double cpu, double allocated) {
    /** Lets a contender work for a while. */
    static Round of(Contender contender, Shape shape, Meter meter) throws Exception {
        Cost before = Cost.now();
        contender.work(shape, meter);
        Cost after = Cost.now();
        double results = Math.max(1.0, (double) meter.runs() * shape.results());
        return new Round(
                results * 1e9 / (after.nanos() - before.nanos()),
                meter.percentile(0.50),
                meter.percentile(0.99),
                (after.cpuNanos() - before.cpuNanos()) / results,
                after.allocatedSince(before) / results);
    }
}
