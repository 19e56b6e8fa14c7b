package orchestrator.engine.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateException;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.time.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages from runs to the inboxes of others: in order, many in one call of the store, and again until the
 * store has answered. Nothing here is durable: who posts must be able to post again. Thread safe.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MAX_BATCH = 256;
    private static final int MAX_BYTES = 8 << 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Item(Post post, CompletableFuture<PostOutcome> answer) {}

    private final StoreLink store;
    private final Scheduler scheduler;
    private final Executor executor;
    private final BiConsumer<Post, PostOutcome> delivered;
    private final Queue<Item> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();
    private List<Item> batch = List.of(); // only the executor's thread touches it

    /**
     * An outbox.
     *
     * @param executor one thread at a time
     * @param delivered is told of each message that the store has answered
     */
    Outbox(
            StoreLink store,
            Scheduler scheduler,
            Executor executor,
            BiConsumer<Post, PostOutcome> delivered) {
        this.store = store;
        this.scheduler = scheduler;
        this.executor = executor;
        this.delivered = delivered;
    }

    /** Posts messages; completes when the store has answered all of them, and fails if it refuses one for good. */
    CompletableFuture<Void> post(List<Post> posts) {
        List<CompletableFuture<PostOutcome>> answers = new ArrayList<>();
        for (Post post : posts) {
            Item item = new Item(post, new CompletableFuture<>());
            queue.add(item);
            answers.add(item.answer);
        }
        if (!posts.isEmpty() && work.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
        return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
    }

    private void drain() {
        int seen = work.get();
        do {
            while (fill()) {
                try {
                    send(batch);
                } catch (StateUnavailableException e) { // the batch is kept, and work stays counted
                    scheduler.schedule(PAUSE, () -> executor.execute(this::drain));
                    return;
                }
                batch = List.of();
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Takes the next batch, unless one is still to be sent. */
    private boolean fill() {
        if (!batch.isEmpty()) {
            return true;
        }
        List<Item> next = new ArrayList<>();
        long bytes = 0;
        while (next.size() < MAX_BATCH && bytes < MAX_BYTES) {
            Item item = queue.poll();
            if (item == null) {
                break;
            }
            next.add(item);
            bytes += item.post.body().length;
        }
        batch = next;
        return !next.isEmpty();
    }

    private void send(List<Item> items) {
        List<PostOutcome> outcomes;
        try {
            outcomes = store.backend().post(items.stream().map(Item::post).toList());
        } catch (StateUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            refused(items, e);
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            answered(items.get(i), outcomes.get(i));
        }
    }

    private void answered(Item item, PostOutcome outcome) {
        try {
            delivered.accept(item.post, outcome);
        } catch (RuntimeException e) { // it is in the inbox: whoever drives the run finds it there
            LOG.error(
                    "Message {} to run {} could not be handed over",
                    item.post.messageId(),
                    item.post.run(),
                    e);
        }
        item.answer.complete(outcome);
    }

    /** One message that the store does not take holds up no other. */
    private void refused(List<Item> items, RuntimeException e) {
        if (items.size() == 1) {
            Item item = items.get(0);
            LOG.error(
                    "Message {} to run {} was refused", item.post.messageId(), item.post.run(), e);
            item.answer.completeExceptionally(new StateException(e.getMessage(), e));
        } else {
            items.forEach(item -> send(List.of(item)));
        }
    }
}
