package orchestrator.state.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Flaw;
import orchestrator.api.state.Logs;
import orchestrator.api.state.Mail;
import orchestrator.api.state.MemberState;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateInspection;
import orchestrator.api.state.SummaryPage;

/** The store in a database. Each topic has a class of its own; this one only hands on. */
public final class JdbcStateBackend implements StateBackend, StateInspection, AutoCloseable {
    private final Database database;
    private final Topics topics;
    private final Members members;
    private final Queries queries;
    private final Beside beside;
    private final Flaws flaws;
    private final Strays strays;
    private final Taking taking;

    /** On an open database, which is closed with the backend. */
    public JdbcStateBackend(Database database, Topics topics) {
        this.database = database;
        this.topics = topics;
        this.members = new Members(database);
        this.queries = new Queries(database);
        this.beside = new Beside(database);
        this.flaws = new Flaws(database);
        this.strays = new Strays(database);
        this.taking = new Taking(database);
    }

    /** Asks the database for its time, and throws if it does not answer. */
    public void probe() {
        database.read("ask the store for its time", database::now);
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public boolean isVolatile() {
        return false;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        return topics.nodes().enter(node, lease);
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        return topics.nodes().heartbeat(node);
    }

    @Override
    public void leave(NodeLease node) {
        topics.nodes().leave(node);
    }

    @Override
    public List<NodeLease> nodes() {
        return members.nodes();
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        return topics.claiming().claim(node, limit, waitKeys);
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        return runs.isEmpty() ? List.of() : topics.creating().create(node, runs);
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        return appends.isEmpty() ? List.of() : topics.appending().append(node, appends);
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        return messages.isEmpty() ? List.of() : topics.posting().post(messages);
    }

    @Override
    public List<Mail> mail(NodeLease node) {
        return members.mail(node);
    }

    @Override
    public List<Entry> journal(String run, long from, int limit) {
        return queries.journal(run, from, limit);
    }

    @Override
    public List<RunSummary> summaries(Collection<String> runs) {
        return queries.summaries(runs);
    }

    @Override
    public SummaryPage find(RunQuery query) {
        return queries.find(query);
    }

    @Override
    public Map<RunStatus, Long> count() {
        return queries.count();
    }

    @Override
    public void saveSnapshot(String run, Snapshot snapshot) {
        beside.saveSnapshot(run, snapshot);
    }

    @Override
    public Optional<Snapshot> snapshot(String run) {
        return beside.snapshot(run);
    }

    @Override
    public void putDefinition(String hash, byte[] document) {
        beside.putDefinition(hash, document);
    }

    @Override
    public Optional<byte[]> definition(String hash) {
        return beside.definition(hash);
    }

    @Override
    public Set<String> share(Collection<String> words) {
        return beside.share(words);
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        if (!lines.isEmpty()) {
            topics.logging().log(run, lines, keep);
        }
    }

    @Override
    public Logs logs(String run) {
        return beside.logs(run);
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return topics.deleting().delete(endedBefore, statuses, keysBefore, limit);
    }

    @Override
    public List<MemberState> members() {
        return members.states();
    }

    @Override
    public Optional<MemberState> owner(String run) {
        return members.owner(run);
    }

    @Override
    public List<Flaw> flaws(Collection<String> runs) {
        return flaws.of(runs);
    }

    @Override
    public List<Flaw> strays(String after, int limit) {
        return strays.list(after, limit);
    }

    @Override
    public int discard(Collection<Flaw> found) {
        return strays.discard(found);
    }

    @Override
    public Optional<ClaimedRun> take(NodeLease node, String run) {
        return taking.take(node, run);
    }
}
