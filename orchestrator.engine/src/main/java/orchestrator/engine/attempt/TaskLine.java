package orchestrator.engine.attempt;

import java.util.PriorityQueue;
import orchestrator.api.definition.TaskReference;

/**
 * The attempts at one task that wait for a slot, and those that have one. Who came first is first; each point of priority
 * counts as much as {@link #POINT_MILLIS} of waiting, so that nobody waits for ever. Not thread safe.
 */
final class TaskLine {
    /** How much waiting one point of priority is worth, in milliseconds. */
    static final long POINT_MILLIS = 10_000;

    /** So many bodies that ignore their interrupt may hold threads; then no more are begun. */
    static final int MOST_LINGERING = 16;

    final String task; // its name
    private final PriorityQueue<Place> places = new PriorityQueue<>();
    private int busy;
    private int lingering;

    /** A place in the line. */
    private record Place(long rank, long order, Attempt attempt) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byRank = Long.compare(rank, other.rank);
            return byRank == 0 ? Long.compare(order, other.order) : byRank;
        }
    }

    TaskLine(String task) {
        this.task = task;
    }

    /**
     * An attempt waits.
     *
     * @param order tells attempts apart that came at the same time, in all lines
     */
    void add(Attempt attempt, long arrivedMillis, long order) {
        long rank = arrivedMillis - attempt.spec().priority() * POINT_MILLIS;
        places.add(new Place(rank, order, attempt));
    }

    void remove(Attempt attempt) {
        places.removeIf(place -> place.attempt == attempt);
    }

    /** Whether its first attempt may begin, if there are slots. */
    boolean mayBegin(int limit) {
        return busy < limit;
    }

    /** Whether so many bodies go on, of all versions, that it matters of which they are. */
    boolean isCrowded() {
        return lingering >= MOST_LINGERING;
    }

    /** Whether its first attempt comes before that of another line. */
    boolean isBefore(TaskLine other) {
        return places.peek().compareTo(other.places.peek()) < 0;
    }

    /** The task that its first attempt asks for. */
    TaskReference wanted() {
        return places.peek().attempt.spec().step().task();
    }

    /** Its first attempt has a slot. */
    Attempt begin() {
        busy++;
        return places.remove().attempt;
    }

    /** An attempt has given its slot back. */
    void end() {
        busy--;
    }

    /** A body goes on although its attempt is over, or no more. */
    void linger(int change) {
        lingering += change;
    }

    int waiting() {
        return places.size();
    }

    /** Whether nothing is known of it. */
    boolean isIdle() {
        return places.isEmpty() && busy == 0 && lingering == 0;
    }
}
