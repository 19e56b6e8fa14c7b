package orchestrator.testkit.simple;

import java.util.ArrayList;
import java.util.List;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;

/** Messages arrive. The caller holds the store's lock. */
class SimplePosting {
    private final SimpleStore store;
    private final SimpleNodes nodes;

    SimplePosting(SimpleStore store, SimpleNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    PostOutcome post(Post message) {
        SimpleRun run = store.runs.get(message.run());
        if (run == null) {
            return new PostOutcome(PostOutcome.Kind.UNKNOWN_RUN, 0);
        }
        Long known = numberOf(message, run);
        if (known != null) {
            return new PostOutcome(PostOutcome.Kind.DUPLICATE, known);
        }
        if (run.ended()) {
            return new PostOutcome(PostOutcome.Kind.ENDED, 0);
        }
        long number = ++run.inboxTail;
        run.numbers.put(message.messageId(), number);
        run.inbox.put(number, new Mail(message.run(), number, message.messageId(), message.body()));
        return new PostOutcome(PostOutcome.Kind.POSTED, number);
    }

    Long numberOf(Post message, SimpleRun run) {
        return run.numbers.get(message.messageId());
    }

    List<Mail> mail(NodeLease node) {
        nodes.require(node);
        List<Mail> all = new ArrayList<>();
        for (SimpleRun run : store.runs.values()) {
            if (run.owner != null
                    && run.owner.node().equals(node.node())
                    && run.owner.incarnation() == node.incarnation()) {
                all.addAll(run.inbox.values());
            }
        }
        return all;
    }
}
