package orchestrator.engine.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateException;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.runtime.Engine;

/**
 * The journal of one run, read as far as it can be: what is damaged is named, and the rest is still looked at. It can be
 * read on when it has grown. Not thread safe.
 */
final class JournalReading {
    private static final int PAGE = 1000;

    /** How many damaged places of one journal are named. */
    private static final int MOST_NAMED = 10;

    private final Engine engine;
    private final StoredDefinitions definitions;
    private final String run;
    private final List<Found> damage = new ArrayList<>();
    private final BitSet progress = new BitSet(101);
    private long last;
    private Instant lastAt;
    private RunState state;
    private long unnamed;
    private boolean isDamaged;

    JournalReading(Engine engine, StoredDefinitions definitions, String run) {
        this.engine = engine;
        this.definitions = definitions;
        this.run = run;
    }

    /** Reads what has not been read; false if there was nothing. */
    boolean readOn() {
        long before = last;
        while (true) {
            List<Entry> page = engine.store().backend().journal(run, last + 1, PAGE);
            if (page.isEmpty()) {
                return last > before;
            }
            page.forEach(this::read);
        }
    }

    private void read(Entry entry) {
        if (entry.sequence() != last + 1) {
            String lost =
                    entry.sequence() == last + 2
                            ? "entry " + (last + 1)
                            : "entries %d to %d".formatted(last + 1, entry.sequence() - 1);
            damaged(Found.Kind.GAP, "Expected entries without gaps, but found no " + lost);
        }
        last = entry.sequence();
        lastAt = entry.at();
        boolean alsoDamaged = isDamaged; // what is written together is damaged together
        isDamaged = entry.type().equals(Entry.DAMAGED);
        if (isDamaged && alsoDamaged) {
            return;
        }
        try {
            apply(engine.codec().decode(entry), entry.at());
        } catch (StateException e) {
            throw e; // the store is away
        } catch (RuntimeException e) {
            damaged(
                    Found.Kind.ENTRY,
                    e instanceof UnknownEntryException
                            ? e.getMessage()
                            : "Expected entry %d to follow from those before, but found %s"
                                    .formatted(entry.sequence(), e));
        }
    }

    private void apply(Fact fact, Instant at) {
        if (last == 1 && fact instanceof Fact.RunCreated created) {
            open(created.definition());
        }
        if (state != null && isIntact()) {
            if (fact instanceof Fact.RunMigrated migrated) {
                state.prepare(definitions.graph(migrated.definition()));
            }
            state.apply(fact, at);
            progress.set(state.progress());
        }
    }

    private void open(String definition) {
        try {
            state = new RunState(definitions.graph(definition));
        } catch (StateException e) {
            throw e;
        } catch (RuntimeException e) {
            damaged(Found.Kind.DEFINITION, e.getMessage());
        }
    }

    private void damaged(Found.Kind kind, String message) {
        if (damage.size() < MOST_NAMED) {
            damage.add(Found.of(kind, run, message));
        } else {
            unnamed++;
        }
    }

    /** Whether all of it was read. */
    boolean isIntact() {
        return damage.isEmpty();
    }

    /** What cannot be read. */
    List<Found> damage() {
        List<Found> all = new ArrayList<>(damage);
        if (last == 0) {
            all.add(Found.of(Found.Kind.GAP, run, "Expected a journal, but found no entries"));
        } else if (state == null && damage.isEmpty()) {
            all.add(
                    Found.of(
                            Found.Kind.ENTRY,
                            run,
                            "Expected entry 1 to say how the run was created, but it does not"));
        }
        if (unnamed > 0) {
            all.add(
                    Found.of(
                            Found.Kind.ENTRY,
                            run,
                            "Expected no more of this, but found %,d more damaged places"
                                    .formatted(unnamed)));
        }
        return all;
    }

    /** What the entries add up to; only if there is no damage. */
    RunState state() {
        return state;
    }

    /** When the last entry was written. */
    Instant lastAt() {
        return lastAt;
    }

    /** Whether the run has stood at that progress at some time. */
    boolean wasAt(int percent) {
        return percent >= 0 && progress.get(percent);
    }
}
