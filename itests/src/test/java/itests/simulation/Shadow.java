package itests.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.Entry;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.Summaries;
import orchestrator.engine.graph.Graph;

/**
 * A run as its journal tells it: a state that follows each entry as it becomes durable, beside the states that nodes have
 * of it. What must hold of every entry and every listed summary is looked at here.
 */
final class Shadow {
    private final String id;
    private final Findings findings;
    private final FactCodec codec;
    private final Graph first; // the definition that it was created with
    private final Shadows others;
    private final RunState state;
    private final Rules rules;
    private final List<Entry> journal = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>(); // that they say
    private int replayed; // so many entries were
    private RunSummary summary;
    private long owner; // the incarnation that it was given to last; 0 if it was released
    private long epoch; // since when

    Shadow(NewRun run, Graph graph, FactCodec codec, Findings findings, Shadows others) {
        this.id = run.summary().id();
        this.findings = findings;
        this.codec = codec;
        this.first = graph;
        this.others = others;
        this.state = new RunState(graph);
        this.rules = new Rules(id, state, findings, others);
        this.summary = run.summary();
        add(run.entries());
        look(run.summary());
    }

    String id() {
        return id;
    }

    RunState state() {
        return state;
    }

    Rules rules() {
        return rules;
    }

    RunSummary summary() {
        return summary;
    }

    long owner() {
        return owner;
    }

    /** Whether it is a node's, and since a claim. */
    boolean isOwned(long incarnation, long since) {
        return owner == incarnation && epoch == since;
    }

    void owner(long incarnation, long since) {
        owner = incarnation;
        epoch = since;
    }

    /** Some entries, for people. */
    String told(List<Entry> entries) {
        return id + entries.stream().map(codec::decode).toList();
    }

    List<Entry> journal() {
        return journal;
    }

    /** Takes in an append that took effect; one that is a repetition changes nothing. */
    void append(Append append) {
        List<Entry> entries = append.entries();
        if (!entries.isEmpty() && entries.get(0).sequence() <= journal.size()) {
            expectSame(entries);
            return;
        }
        add(entries);
        if (append.summary() != null) {
            summary = append.summary();
        }
        if (!entries.isEmpty()) {
            look(append.summary());
        } else if (append.summary() != null && append.summary().reason() != null) {
            findings.expect(
                    state.hold().isQuarantined() // by an entry of its journal, and leaves now
                            || !append.summary().reason().code().equals("quarantined"),
                    "set-down",
                    "Expected a run that can be read and written, but %s was set down: %s",
                    id,
                    append.summary().reason());
        }
        if (append.release()) {
            lookAtRelease();
        }
        if (append.release() || append.ends()) {
            owner = 0;
        }
    }

    private void expectSame(List<Entry> repeated) {
        for (Entry entry : repeated) {
            Entry there = journal.get((int) entry.sequence() - 1);
            findings.expect(
                    java.util.Arrays.equals(entry.body(), there.body()),
                    "repetition",
                    "Expected the same entry %d of %s again, but found another",
                    entry.sequence(),
                    id);
        }
    }

    private void add(List<Entry> entries) {
        for (Entry entry : entries) {
            findings.expect(
                    entry.sequence() == journal.size() + 1,
                    "gap",
                    "Expected entry %d of %s, but found %d",
                    journal.size() + 1,
                    id,
                    entry.sequence());
            Fact fact = codec.decode(entry);
            rules.before(fact, entry.at());
            apply(fact, entry, state);
            rules.after();
            journal.add(entry);
            facts.add(fact);
        }
    }

    private void apply(Fact fact, Entry entry, RunState to) {
        if (fact instanceof Fact.RunMigrated migrated) {
            to.prepare(others.graph(migrated.definition()));
        }
        to.apply(fact, entry.at());
    }

    /** What a rerun of it keeps. */
    Kept kept() {
        return new Kept(state.graph(), rules);
    }

    /** What is listed must be what the journal says. */
    private void look(RunSummary written) {
        Instant at = journal.get(journal.size() - 1).at();
        Summaries.Standing standing = Summaries.standing(state, at);
        boolean same =
                standing.status() == summary.status()
                        && Objects.equals(standing.reason(), summary.reason())
                        && Objects.equals(standing.wakeAt(), summary.wakeAt())
                        && standing.waitKeys().equals(summary.waitKeys());
        findings.expect(
                same,
                "summary",
                "Expected run %s to be listed as %s, but found %s",
                id,
                standing,
                summary);
        if (written != null) {
            RunSummary expected = Summaries.of(id, state, standing);
            findings.expect(
                    expected.equals(written),
                    "summary",
                    "Expected the summary %s, but found %s",
                    expected,
                    written);
        }
    }

    private void lookAtRelease() {
        boolean paused = summary.status() == RunStatus.PAUSED;
        boolean waits = summary.status() == RunStatus.WAITING;
        findings.expect(
                (paused || waits) && summary.reason() != null,
                "invisible",
                "Expected a run that is given back to say what it waits for, but found %s",
                summary);
    }

    /** The journal, read from its beginning, must give the same. */
    void replay() {
        if (replayed == journal.size()) {
            return;
        }
        replayed = journal.size();
        RunState again = new RunState(first);
        for (int i = 0; i < replayed; i++) {
            apply(facts.get(i), journal.get(i), again);
        }
        expectSame("replay", again);
    }

    /** The state that a node has of it must be the same. */
    void expectSame(String what, RunState other) {
        if (Dump.isSame(state, other)) {
            return;
        }
        String mine = Dump.of(state);
        String theirs = Dump.of(other);
        if (!mine.equals(theirs)) {
            findings.report(
                    what,
                    "Expected the same state of run %s, but journal and %s differ: %s"
                            .formatted(id, what, Dump.difference(mine, theirs)));
        }
    }
}
