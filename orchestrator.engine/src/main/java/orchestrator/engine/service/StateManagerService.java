package orchestrator.engine.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import orchestrator.api.run.CommandResult;
import orchestrator.api.run.HistoryEntry;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.Page;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StateManager;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Logs;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.engine.core.Fact;
import orchestrator.engine.core.Seal;
import orchestrator.engine.graph.Json;
import orchestrator.engine.runtime.Engine;

/** The {@link StateManager}. */
public final class StateManagerService implements StateManager {
    private final Engine engine;

    /** The service of an engine. */
    public StateManagerService(Engine engine) {
        this.engine = engine;
    }

    static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (StateUnavailableException e) {
            throw Starts.storeAway(e.getMessage());
        }
    }

    @Override
    public List<HistoryEntry> getWorkflowHistory(String runId, long from, int limit) {
        if (from < 1 || limit < 1 || limit > 10_000) {
            throw new IllegalArgumentException(
                    "Expected a first entry of at least 1 and a limit of 1 to 10,000, but found %d and %d"
                            .formatted(from, limit));
        }
        return asking(() -> history(runId, from, limit));
    }

    private List<HistoryEntry> history(String run, long from, int limit) {
        List<HistoryEntry> all = new ArrayList<>();
        List<Entry> page;
        do {
            int rest = limit - all.size();
            page = engine.store().backend().journal(run, from + all.size(), rest);
            page.forEach(entry -> all.add(HistoryEntryView.of(entry)));
        } while (!page.isEmpty() && all.size() < limit);
        return all;
    }

    @Override
    public CommandResult saveWorkflowState(String runId, Map<String, ?> values) {
        return new SavedState(engine).save(runId, values);
    }

    @Override
    public Map<String, Object> loadWorkflowState(String runId) {
        return new SavedState(engine).load(runId);
    }

    @Override
    public CommandResult updateWorkflowProgress(String runId, int percent, String message) {
        return new SavedState(engine).progress(runId, percent, message);
    }

    @Override
    public RunDetails getWorkflowHistory(String runId, long entry) {
        return new Debugging(engine).at(runId, entry);
    }

    @Override
    public RunDebug debugWorkflow(String runId) {
        return new Debugging(engine).debug(runId);
    }

    @Override
    public List<LogLine> getWorkflowLogs(String runId) {
        engine.flushLogs();
        Logs logs = asking(() -> engine.store().backend().logs(runId));
        List<LogLine> lines = new ArrayList<>(logs.lines());
        if (logs.dropped() > 0) {
            Instant at = lines.isEmpty() ? Instant.EPOCH : lines.get(lines.size() - 1).at();
            lines.add(
                    new LogLine(
                            at,
                            "WARNING",
                            "",
                            0,
                            "%,d older lines were dropped: a run keeps its newest %,d"
                                    .formatted(logs.dropped(), logs.lines().size())));
        }
        return lines;
    }

    @Override
    public Page<RunInfo> find(RunFilter filter) {
        return new RunSearch(query -> asking(() -> engine.store().backend().find(query)))
                .find(filter);
    }

    @Override
    public Map<RunStatus, Long> count() {
        Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
        for (RunStatus status : RunStatus.values()) {
            counts.put(status, 0L);
        }
        counts.putAll(asking(() -> engine.store().backend().count()));
        return counts;
    }

    private record HistoryEntryView(
            long sequence, String type, Instant at, Map<String, Object> body)
            implements HistoryEntry {

        @SuppressWarnings("unchecked")
        static HistoryEntry of(Entry entry) {
            Map<String, Object> body = (Map<String, Object>) Json.read(Seal.open(entry));
            if (body.get("item") instanceof Number item && item.intValue() == Fact.NO_ITEM) {
                body = new LinkedHashMap<>(body);
                body.remove("item"); // it belongs to no item
            }
            return new HistoryEntryView(entry.sequence(), entry.type(), entry.at(), body);
        }
    }
}
