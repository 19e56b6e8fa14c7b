package orchestrator.engine.runtime;

import java.util.Collection;
import java.util.TreeSet;

/** Which messages of an inbox were taken in. Messages may come out of order and more than once. */
final class InboxMark {
    private long low; // every message up to here was taken in
    private final TreeSet<Long> above = new TreeSet<>();

    /**
     * @param tail the newest number ever posted
     * @param unread numbers that were not taken in
     */
    InboxMark(long tail, Collection<Long> unread) {
        TreeSet<Long> open = new TreeSet<>(unread);
        low = open.isEmpty() ? tail : open.first() - 1;
        for (long n = low + 1; n <= tail; n++) {
            if (!open.contains(n)) {
                above.add(n);
            }
        }
    }

    /** The number up to which nothing is missing. */
    long seen() {
        return low;
    }

    /** Takes a message in; false if it was taken in before. */
    boolean take(long number) {
        if (number <= low || !above.add(number)) {
            return false;
        }
        while (!above.isEmpty() && above.first() == low + 1) {
            low = above.pollFirst();
        }
        return true;
    }

    /** Messages that were not taken in after all. */
    void forget(Collection<Long> numbers) {
        for (long number : numbers) {
            for (long n = number; n <= low; n++) {
                above.add(n);
            }
            low = Math.min(low, number - 1);
            above.remove(number);
        }
    }
}
