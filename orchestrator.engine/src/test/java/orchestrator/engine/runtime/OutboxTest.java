package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateBackend;
import org.junit.Test;

/** Messages from run to run, when something goes wrong with one of them. */
public class OutboxTest {
    private static final StateBackend TAKES_ALL =
            (StateBackend)
                    Proxy.newProxyInstance(
                            OutboxTest.class.getClassLoader(),
                            new Class<?>[] {StateBackend.class},
                            (proxy, method, arguments) ->
                                    ((List<?>) arguments[0])
                                            .stream()
                                                    .map(
                                                            post ->
                                                                    new PostOutcome(
                                                                            PostOutcome.Kind.POSTED,
                                                                            1))
                                                    .toList());

    @Test
    public void aMessageThatCannotBeHandedOverHoldsUpNoOther() {
        StoreLink store = new StoreLink();
        store.attach(TAKES_ALL);
        List<String> delivered = new ArrayList<>();
        Outbox outbox =
                new Outbox(
                        store,
                        (delay, action) -> () -> {},
                        Runnable::run,
                        (post, outcome) -> {
                            if (post.messageId().equals("bad")) {
                                throw new IllegalStateException("Expected a good one");
                            }
                            delivered.add(post.messageId());
                        });
        CompletableFuture<Void> both = outbox.post(List.of(post("bad"), post("good")));
        assertTrue(both.isDone() && !both.isCompletedExceptionally());
        assertTrue(outbox.post(List.of(post("later"))).isDone());
        assertEquals(List.of("good", "later"), delivered);
    }

    private static Post post(String id) {
        return new Post("run", id, new byte[0]);
    }
}
