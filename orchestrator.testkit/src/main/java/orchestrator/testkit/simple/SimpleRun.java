package orchestrator.testkit.simple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;

/** All that is stored of one run. */
final class SimpleRun {
    final List<Entry> journal = new ArrayList<>();
    final TreeMap<Long, Mail> inbox = new TreeMap<>();
    final Map<String, Long> numbers = new HashMap<>(); // of every message ever posted, by its id
    final List<LogLine> log = new ArrayList<>();
    long logDropped;
    RunSummary summary;
    Snapshot snapshot;

    NodeLease owner; // null if it has none
    long epoch;
    String appendId; // of the newest append
    long appendEpoch;
    long inboxTail;
    long inboxSeen; // by the append that released it
    long sequenceAtClaim = -1;
    int fruitlessClaims;

    SimpleRun(RunSummary summary) {
        this.summary = summary;
    }

    long lastSequence() {
        return journal.size();
    }

    boolean ended() {
        return summary.status().isFinal();
    }

    boolean hasUnreadMail() {
        return inboxTail > inboxSeen;
    }
}
