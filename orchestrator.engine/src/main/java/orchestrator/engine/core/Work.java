package orchestrator.engine.core;

/** How much of the work that a run is known to have is done: each step counts one, each item of a fan-out one more. */
final class Work {
    private long done;
    private long known;
    private int shown; // what it has been before; never less is said

    /** There is more of it, or less if that is negative. */
    void know(long more) {
        shown = known == 0 ? 0 : percent();
        known += more;
    }

    /** So much of it is done. */
    void finish(long more) {
        done += more;
    }

    /** What is done of what is known, 0 to 100; what becomes known later never makes it less. */
    int percent() {
        return known == 0 ? 100 : Math.max(shown, (int) (100 * done / known));
    }
}
