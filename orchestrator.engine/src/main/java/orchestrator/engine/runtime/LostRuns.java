package orchestrator.engine.runtime;

import java.util.List;
import java.util.Optional;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.Post;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.ChildId;
import orchestrator.engine.core.RunState;

/**
 * The ends of runs whose parents may not have heard of them, as the messages that the runs themselves would have written:
 * a parent that has heard of an end does not hear of it again. Blocking, thread safe.
 */
public final class LostRuns {
    private final Journal journal;
    private final StoreLink store;

    /** For the runs of a store. */
    public LostRuns(Journal journal, StoreLink store) {
        this.journal = journal;
        this.store = store;
    }

    /** The end of a run that has ended, by its journal if that can be read. */
    Post endOf(RunSummary run, RunState parent, ChildId child) {
        return read(run)
                .filter(RunState::isEnded)
                .map(state -> ChildRuns.end(run.parent(), ChildRuns.ended(run.id(), state)))
                .orElseGet(() -> ChildRuns.end(run.parent(), ChildRuns.lost(run, parent, child)));
    }

    /** The end of a run that is given up; empty if nobody waits for it. */
    public Optional<Post> endOf(RunSummary givenUp) {
        if (givenUp.parent() == null) {
            return Optional.empty();
        }
        return store.backend().summaries(List.of(givenUp.parent())).stream()
                .findFirst()
                .flatMap(this::read)
                .flatMap(parent -> endOf(givenUp, parent));
    }

    private static Optional<Post> endOf(RunSummary givenUp, RunState parent) {
        return parent.children().stream()
                .filter(child -> ChildRuns.id(givenUp.parent(), parent, child).equals(givenUp.id()))
                .findFirst()
                .map(child -> ChildRuns.lost(givenUp, parent, child))
                .map(end -> ChildRuns.end(givenUp.parent(), end));
    }

    private Optional<RunState> read(RunSummary run) {
        try {
            return Optional.of(journal.replay(run.id()).state());
        } catch (StateUnavailableException | NodeFencedException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.empty(); // damaged
        }
    }
}
