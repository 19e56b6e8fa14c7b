package orchestrator.testkit.simple;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Claims;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Logs;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import orchestrator.api.state.SummaryPage;

/**
 * A node's handle on a {@link SimpleStore}: the contract in the fewest words, to be read by whoever writes a backend. Each
 * call is done under the store's lock, which makes everything atomic that must be.
 */
class SimpleBackend implements StateBackend, AutoCloseable {
    final SimpleStore store;
    SimpleNodes nodes;
    SimpleClaiming claiming;
    SimpleCreating creating;
    SimpleAppending appending;
    SimplePosting posting;
    SimpleReading reading;
    private volatile boolean closed;

    SimpleBackend(SimpleStore store) {
        this.store = store;
        this.nodes = new SimpleNodes(store);
        this.claiming = new SimpleClaiming(store, nodes);
        this.creating = new SimpleCreating(store, nodes);
        this.appending = new SimpleAppending(store, nodes);
        this.posting = new SimplePosting(store, nodes);
        this.reading = new SimpleReading(store);
    }

    <T> T call(Supplier<T> work) {
        synchronized (store) {
            if (closed) {
                throw new StateUnavailableException(
                        "Expected an open store, but found it closed", null);
            }
            return work.get();
        }
    }

    private void run(Runnable work) {
        call(
                () -> {
                    work.run();
                    return true;
                });
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isVolatile() {
        return false;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        return call(() -> nodes.enter(node, lease));
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        return call(() -> nodes.heartbeat(node));
    }

    @Override
    public void leave(NodeLease node) {
        run(() -> nodes.leave(node));
    }

    @Override
    public List<NodeLease> nodes() {
        return call(() -> nodes.list());
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        return call(() -> claiming.claim(node, limit, waitKeys));
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        return call(() -> creating.create(node, runs));
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        return call(() -> appends.stream().map(a -> appending.append(node, a)).toList());
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        return call(() -> messages.stream().map(posting::post).toList());
    }

    @Override
    public List<Mail> mail(NodeLease node) {
        return call(() -> posting.mail(node));
    }

    @Override
    public List<Entry> journal(String run, long from, int limit) {
        return call(
                () ->
                        stored(run).stream()
                                .flatMap(found -> found.journal.stream())
                                .filter(entry -> entry.sequence() >= from)
                                .limit(limit)
                                .toList());
    }

    @Override
    public List<RunSummary> summaries(Collection<String> runs) {
        return call(
                () ->
                        runs.stream()
                                .distinct()
                                .flatMap(run -> stored(run).stream())
                                .map(run -> run.summary)
                                .toList());
    }

    @Override
    public SummaryPage find(RunQuery query) {
        return call(() -> reading.find(query));
    }

    @Override
    public Map<RunStatus, Long> count() {
        return call(() -> reading.count());
    }

    @Override
    public void saveSnapshot(String run, Snapshot snapshot) {
        run(() -> stored(run).ifPresent(found -> found.snapshot = snapshot));
    }

    @Override
    public Optional<Snapshot> snapshot(String run) {
        return call(() -> stored(run).map(found -> found.snapshot));
    }

    @Override
    public void putDefinition(String hash, byte[] document) {
        run(() -> store.definitions.putIfAbsent(hash, document.clone()));
    }

    @Override
    public Optional<byte[]> definition(String hash) {
        return call(() -> Optional.ofNullable(store.definitions.get(hash)));
    }

    @Override
    public Set<String> share(Collection<String> words) {
        return call(
                () -> {
                    store.words.addAll(words);
                    return Set.copyOf(store.words);
                });
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        run(() -> stored(run).ifPresent(found -> log(found, lines, keep)));
    }

    void log(SimpleRun run, List<LogLine> lines, int keep) {
        run.log.addAll(lines);
        int tooMany = Math.max(0, run.log.size() - keep);
        run.log.subList(0, tooMany).clear();
        run.logDropped += tooMany;
    }

    @Override
    public Logs logs(String run) {
        return call(
                () ->
                        stored(run)
                                .map(found -> new Logs(found.log, found.logDropped))
                                .orElse(new Logs(List.of(), 0)));
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return call(() -> creating.delete(endedBefore, statuses, keysBefore, limit));
    }

    private Optional<SimpleRun> stored(String run) {
        return Optional.ofNullable(store.runs.get(run));
    }
}
