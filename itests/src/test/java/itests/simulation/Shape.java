package itests.simulation;

import java.util.List;

/**
 * What the nodes of a simulation are like.
 *
 * @param nodes how many there are
 * @param writers how many writers each has
 * @param leaseMillis how long a lease lasts
 * @param runs how many runs a node takes
 * @param tasks how many attempts a node has in progress
 * @param slowness how many of a thousand actions are late
 * @param slowCalls how many of a thousand calls of the store take their time
 * @param writeMillis how long a write takes at most; 0 for no time at all
 * @param failing how many of a hundred attempts fail
 * @param hanging how many of a hundred attempts never end
 * @param rates how fast the clocks of the nodes go
 */
record Shape(
        int nodes,
        int writers,
        long leaseMillis,
        int runs,
        int tasks,
        int slowness,
        int slowCalls,
        int writeMillis,
        int failing,
        int hanging,
        List<Double> rates) {

    /** The same nodes under other circumstances. */
    Shape with(int slow, int slowOnes, int fail, int hang, List<Double> clocks) {
        return new Shape(
                nodes,
                writers,
                leaseMillis,
                runs,
                tasks,
                slow,
                slowOnes,
                writeMillis,
                fail,
                hang,
                clocks);
    }
}
