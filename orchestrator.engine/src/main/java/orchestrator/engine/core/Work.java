package orchestrator.engine.core;

/** How much of the work that a run is known to have is done: each step counts one, each item of a fan-out one more. */
final class Work {
    private long done;
    private long known;

    /** There is more of it, or less if that is negative. */
    void know(long more) {
        known += more;
    }

    /** So much of it is done. */
    void finish(long more) {
        done += more;
    }

    /** What is done of what is known, 0 to 100. */
    int percent() {
        return known == 0 ? 100 : (int) (100 * done / known);
    }
}
