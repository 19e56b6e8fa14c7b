package orchestrator.testkit.simple;

import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.NodeLease;

/** What becomes of one append. The caller holds the store's lock. */
class SimpleAppending {
    private final SimpleStore store;
    private final SimpleNodes nodes;

    SimpleAppending(SimpleStore store, SimpleNodes nodes) {
        this.store = store;
        this.nodes = nodes;
    }

    AppendOutcome append(NodeLease node, Append append) {
        SimpleRun run = store.runs.get(append.run());
        AppendOutcome outcome = check(node, append, run);
        if (outcome == null) {
            write(append, run);
            return AppendOutcome.APPENDED;
        }
        return outcome;
    }

    /** In this order; null if nothing speaks against it. */
    AppendOutcome check(NodeLease node, Append append, SimpleRun run) {
        if (run == null) {
            return AppendOutcome.FENCED;
        }
        if (isRepeated(append, run)) {
            return AppendOutcome.APPENDED;
        }
        if (!owns(node, append, run)) {
            return AppendOutcome.FENCED;
        }
        if (!continues(append, run)) {
            return AppendOutcome.CONFLICT;
        }
        boolean leaves = append.release() || append.ends();
        return leaves && missesMail(append, run) ? AppendOutcome.MAIL : null;
    }

    boolean isRepeated(Append append, SimpleRun run) {
        return append.appendId().equals(run.appendId) && append.epoch() == run.appendEpoch;
    }

    boolean owns(NodeLease node, Append append, SimpleRun run) {
        return isOwner(node, run) && append.epoch() == run.epoch;
    }

    boolean isOwner(NodeLease node, SimpleRun run) {
        return run.owner != null
                && run.owner.node().equals(node.node())
                && run.owner.incarnation() == node.incarnation()
                && nodes.isMember(node);
    }

    boolean continues(Append append, SimpleRun run) {
        return append.lastSequence() == run.lastSequence();
    }

    boolean missesMail(Append append, SimpleRun run) {
        return run.inboxTail > append.inboxSeen();
    }

    void write(Append append, SimpleRun run) {
        run.journal.addAll(append.entries());
        append.consumed().forEach(run.inbox::remove);
        if (append.summary() != null) {
            run.summary = append.summary();
        }
        if (append.release() || append.ends()) {
            run.owner = null;
            run.inboxSeen = append.inboxSeen();
        }
        run.appendId = append.appendId();
        run.appendEpoch = append.epoch();
    }
}
