package orchestrator.engine.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The messages to a run, and the one thread at a time that sees to them. Thread safe. */
final class Mailbox {
    private final Executor executor;
    private final Runnable reader;
    private final Consumer<Throwable> onError;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();

    /**
     * An empty mailbox.
     *
     * @param reader is run, one at a time, when messages have come
     * @param onError is told what the reader threw
     */
    Mailbox(Executor executor, Runnable reader, Consumer<Throwable> onError) {
        this.executor = executor;
        this.reader = reader;
        this.onError = onError;
    }

    /** Adds a message that is seen to later. */
    void add(Message message) {
        messages.add(message);
    }

    /** The next message, or null; for the reader. */
    Message poll() {
        return messages.poll();
    }

    /** Lets the messages be seen to soon. */
    void schedule() {
        if (work.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        int seen = 1;
        do {
            try {
                reader.run();
            } catch (RuntimeException | Error e) { // an error of one run stops no other
                onError.accept(e);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }
}
