package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.SourceMap;
import orchestrator.api.definition.WorkflowDocument;
import orchestrator.api.state.Entry;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.FactCodec;
import orchestrator.engine.core.RunState;
import orchestrator.engine.core.UnknownEntryException;
import orchestrator.engine.graph.Graph;
import orchestrator.engine.graph.GraphCompiler;
import orchestrator.engine.graph.Json;

/** Reads runs back from a store. Thread safe. */
public final class Journal {
    private static final int PAGE = 1000;

    private final StoreLink store;
    private final FactCodec codec;
    private final GraphCompiler compiler;
    private final Offers offers;
    private final Map<String, Graph> graphs = new ConcurrentHashMap<>();

    /** A run as its journal tells it. */
    public record Replayed(RunState state, long lastSequence) {}

    Journal(StoreLink store, FactCodec codec, GraphCompiler compiler, Offers offers) {
        this.store = store;
        this.codec = codec;
        this.compiler = compiler;
        this.offers = offers;
    }

    /**
     * Replays a journal.
     *
     * @throws UnknownEntryException if it cannot be read: damaged, gaps, or written by a newer release
     */
    public Replayed replay(String run) {
        return replay(run, Long.MAX_VALUE);
    }

    /**
     * Replays a journal up to an entry.
     *
     * @throws UnknownEntryException if it cannot be read: damaged, gaps, or written by a newer release
     */
    public Replayed replay(String run, long end) {
        RunState state = null;
        long last = 0;
        StateBackend backend = store.backend();
        while (true) {
            int wanted = (int) Math.min(PAGE, end - last);
            List<Entry> page = wanted == 0 ? List.of() : backend.journal(run, last + 1, wanted);
            if (page.isEmpty()) {
                if (state == null) {
                    throw new UnknownEntryException(
                            "Expected a journal of run %s, but found no entries".formatted(run));
                }
                return new Replayed(state, last);
            }
            for (Entry entry : page) {
                if (entry.sequence() != last + 1) {
                    throw new UnknownEntryException(
                            "Expected entry %d of run %s, but found entry %d"
                                    .formatted(last + 1, run, entry.sequence()));
                }
                Fact fact = codec.decode(entry);
                state = state == null ? begin(run, fact) : state;
                if (fact instanceof Fact.RunMigrated migrated) {
                    state.prepare(graph(migrated.definition()));
                }
                state.apply(fact, entry.at());
                last = entry.sequence();
            }
        }
    }

    private RunState begin(String run, Fact first) {
        if (first instanceof Fact.RunCreated created) {
            return new RunState(graph(created.definition()));
        }
        throw new UnknownEntryException(
                "Expected entry 1 of run %s to say how it was created, but found %s"
                        .formatted(run, FactCodec.type(first)));
    }

    /** The command with what it needs from the store; the one that refuses it if that is not there. */
    Command resolve(Command command) {
        if (!(command instanceof Command.Migrate migrate) || migrate.graph() != null) {
            return command;
        }
        try {
            return new Command.Migrate(migrate.definition(), graph(migrate.definition()));
        } catch (RuntimeException e) {
            return new Command.Unreadable(
                    "Expected the definition that the run is to go on with, but %s"
                            .formatted(e.getMessage()));
        }
    }

    /**
     * The definition with that hash, compiled.
     *
     * @throws UnknownEntryException if it is missing
     */
    @SuppressWarnings("unchecked")
    public Graph graph(String hash) {
        Graph known = graphs.get(hash);
        if (known != null) {
            return known;
        }
        byte[] bytes =
                store.backend()
                        .definition(hash)
                        .orElseThrow(
                                () ->
                                        new UnknownEntryException(
                                                "Expected definition %s in the store, but it is missing"
                                                        .formatted(hash)));
        WorkflowDocument document =
                WorkflowDocument.of((Map<String, Object>) Json.read(bytes), SourceMap.NONE);
        Graph graph = compiler.compile(document, SourceMap.NONE);
        remember(graph);
        return graph;
    }

    /** Remembers a definition. */
    void remember(Graph graph) {
        if (graphs.putIfAbsent(graph.document().hash(), graph) == null) {
            offers.know(Offers.rangesIn(graph));
        }
    }
}
