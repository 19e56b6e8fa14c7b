package orchestrator.engine.runtime;

import java.util.List;
import orchestrator.api.state.Mail;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.attempt.Attempts;

/**
 * What lets runs go on that they cannot see themselves: something that they wait for has arrived, a message is in the
 * store, a node has room. Runs in memory are told, the others are looked for in the store. Thread safe.
 */
final class WakeUps {
    private final Offers offers;
    private final Attempts attempts;
    private final Runs runs;
    private final Node node;

    WakeUps(Offers offers, Attempts attempts, Runs runs, Node node) {
        this.offers = offers;
        this.attempts = attempts;
        this.runs = runs;
        this.node = node;
    }

    /** A run has left memory, and there is room for another; its summary, or null if it is not waiting. */
    void left(RunSummary summary) {
        node.runLeft(summary == null ? null : summary.wakeAt());
        if (summary != null) {
            List<String> now = summary.waitKeys().stream().filter(offers::has).toList();
            if (!now.isEmpty()) {
                node.claimSoon(now); // it came while the run was leaving
            }
        }
    }

    /** A run of this node was given back and may go on at once. */
    void released(RunSummary summary) {
        left(summary);
        node.claimSoon(List.of());
    }

    /** A message stays in the store for who takes its run next. */
    void unread() {
        node.claimSoon(List.of());
    }

    /** What runs wait for with that key is on offer, or has a new version. */
    void arrived(String key) {
        List<String> keys = offers.arrived(key);
        attempts.dispatch(); // it may be a version whose bodies end
        keys.forEach(given -> runs.offer(Offers.offer(given)));
        node.claimSoon(keys);
    }

    /** A message is in an inbox of the store. */
    void posted(Post post, PostOutcome outcome) {
        Mail mail = new Mail(post.run(), outcome.number(), post.messageId(), post.body());
        if (mail.number() > 0 && !runs.deliver(mail)) {
            node.claimSoon(List.of());
        }
    }

    /** The engine may do more at once than before. */
    void roomChanged() {
        attempts.dispatch();
        node.claimSoon(List.of());
    }
}
