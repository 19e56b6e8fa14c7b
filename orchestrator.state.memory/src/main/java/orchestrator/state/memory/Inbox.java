package orchestrator.state.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.state.Mail;
import orchestrator.api.state.Post;

/** The messages of one run. Used under the lock of its run. */
final class Inbox {
    /** That of the many runs that nobody writes to; nothing is added to it. */
    static final Inbox NONE = new Inbox();

    private final Map<String, Long> numbers = new HashMap<>();
    private final TreeMap<Long, Mail> unconsumed = new TreeMap<>();

    /** The number of a message that was posted before, 0 if it was not. */
    long numberOf(String messageId) {
        return numbers.getOrDefault(messageId, 0L);
    }

    long add(Post post) {
        long number = numbers.size() + 1L;
        numbers.put(post.messageId(), number);
        unconsumed.put(number, new Mail(post.run(), number, post.messageId(), post.body()));
        return number;
    }

    long tail() {
        return numbers.size();
    }

    void consume(List<Long> consumed) {
        consumed.forEach(unconsumed::remove);
    }

    boolean isEmpty() {
        return unconsumed.isEmpty();
    }

    List<Mail> messages() {
        return new ArrayList<>(unconsumed.values());
    }

    void clear() {
        if (!unconsumed.isEmpty()) { // the shared one is never written
            unconsumed.clear();
        }
    }
}
