package itests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
import orchestrator.api.state.SummaryPage;

/** A node's way to the store, on which calls and answers are lost, late, or the end of the node. */
final class Wire implements StateBackend {
    private static final Set<String> TRACING = Set.of("call", "traced");
    private static final Set<String> QUIET = Set.of("mail", "heartbeat", "nodes");

    private final SimulatedStore store;
    private final Shadows shadows;
    private final Harm harm;
    private final Life life;

    Wire(SimulatedStore store, Shadows shadows, Harm harm, Life life) {
        this.store = store;
        this.shadows = shadows;
        this.harm = harm;
        this.life = life;
    }

    private <T> T call(boolean write, Supplier<T> effect) {
        return call(write, effect, nothing -> {});
    }

    /**
     * @param lost is given the answer that does not arrive
     */
    private <T> T call(boolean write, Supplier<T> effect, Consumer<T> lost) {
        if (harm.isTraced()) {
            return traced(write, effect, lost);
        }
        return carryOut(write, effect, lost);
    }

    private <T> T traced(boolean write, Supplier<T> effect, Consumer<T> lost) {
        String what =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.map(StackWalker.StackFrame::getMethodName)
                                                .dropWhile(TRACING::contains)
                                                .findFirst()
                                                .orElse(""));
        try {
            T answer = carryOut(write, effect, lost);
            if (!QUIET.contains(what) || (answer instanceof Claims c && !c.runs().isEmpty())) {
                harm.trace(
                        what
                                + " -> "
                                + String.valueOf(answer)
                                        .replaceAll("body=.B@[0-9a-f]+|.B@[0-9a-f]+", "…"));
            }
            return answer;
        } catch (RuntimeException | Error e) {
            harm.trace(what + " -> " + e);
            throw e;
        }
    }

    private <T> T carryOut(boolean write, Supplier<T> effect, Consumer<T> lost) {
        life.check();
        Harm.Trouble trouble = harm.before(write);
        life.check();
        if (trouble == Harm.Trouble.LOST) {
            throw Harm.unavailable();
        } else if (trouble == Harm.Trouble.LATE) {
            harm.later(() -> lost.accept(effect.get()));
            throw Harm.unavailable();
        }
        T answer = effect.get();
        if (trouble == Harm.Trouble.UNANSWERED) {
            lost.accept(answer);
            throw Harm.unavailable();
        }
        try {
            harm.after(trouble, write);
            life.check();
        } catch (Life.Over e) {
            lost.accept(answer);
            throw e;
        }
        return answer;
    }

    @Override
    public boolean isVolatile() {
        return false;
    }

    /** At once: writers wait for the lease, and one that waits above this call on the stack would never get it. */
    @Override
    public NodeLease enter(String node, Duration lease) {
        life.check();
        if (harm.isCut()) {
            throw Harm.unavailable();
        }
        NodeLease entered = store.enter(node, lease);
        harm.trace("enter -> " + entered);
        return entered;
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        return call(false, () -> store.heartbeat(node));
    }

    @Override
    public void leave(NodeLease node) {
        call(
                false,
                () -> {
                    store.leave(node);
                    return "";
                });
    }

    @Override
    public List<NodeLease> nodes() {
        return call(false, store::nodes);
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        List<String> keys = List.copyOf(waitKeys);
        if (harm.isTraced()) {
            harm.trace("claims " + limit + " " + keys + store.members());
        }
        return call(false, () -> store.claim(node, limit, keys), store::notHeard);
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        return call(true, () -> store.create(node, runs));
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        shadows.called(node, appends);
        List<AppendOutcome> outcomes = call(true, () -> store.append(node, appends));
        shadows.heard(node, appends);
        return outcomes;
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        return call(true, () -> store.post(messages));
    }

    @Override
    public List<Mail> mail(NodeLease node) {
        return call(false, () -> store.mail(node));
    }

    @Override
    public List<Entry> journal(String run, long from, int limit) {
        return call(false, () -> store.journal(run, from, limit));
    }

    @Override
    public List<RunSummary> summaries(Collection<String> runs) {
        List<String> wanted = List.copyOf(runs);
        return call(false, () -> store.summaries(wanted));
    }

    @Override
    public SummaryPage find(RunQuery query) {
        return call(false, () -> store.find(query));
    }

    @Override
    public Map<RunStatus, Long> count() {
        return call(false, store::count);
    }

    @Override
    public void saveSnapshot(String run, Snapshot snapshot) {
        call(
                false,
                () -> {
                    store.saveSnapshot(run, snapshot);
                    return "";
                });
    }

    @Override
    public Optional<Snapshot> snapshot(String run) {
        return call(false, () -> store.snapshot(run));
    }

    @Override
    public void putDefinition(String hash, byte[] document) {
        call(
                false,
                () -> {
                    store.putDefinition(hash, document);
                    return "";
                });
    }

    @Override
    public Optional<byte[]> definition(String hash) {
        return call(false, () -> store.definition(hash));
    }

    @Override
    public Set<String> share(Collection<String> words) {
        return call(false, () -> store.share(words));
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        call(
                false,
                () -> {
                    store.log(run, lines, keep);
                    return "";
                });
    }

    @Override
    public Logs logs(String run) {
        return call(false, () -> store.logs(run));
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return call(false, () -> store.delete(endedBefore, statuses, keysBefore, limit));
    }
}
