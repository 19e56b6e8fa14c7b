package orchestrator.state.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
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

/**
 * The store that lives in the heap: the fastest, and gone with its process. Entries are kept as the objects they are,
 * never encoded. Of the runs that have ended it keeps a bounded number.
 *
 * <p>Thread safe: each run has its lock, claims follow each other, and a node's end waits for creations and claims of
 * that node. Locks are taken in the order claims, node, run, index.
 */
public class MemoryStateBackend implements StateBackend, StateInspection {
    private final InstantSource clock;
    private final RunTable runs;
    private final DueIndex due = new DueIndex();
    private final Leases leases = new Leases();
    private final ConcurrentMap<String, byte[]> definitions = new ConcurrentHashMap<>();
    private final Set<String> shared = ConcurrentHashMap.newKeySet();
    private final Object claims = new Object();

    /**
     * An empty store.
     *
     * @param clock the store's time
     * @param finishedRunsKept how many ended runs are kept, with at most 30 entries each on average; beyond, those that
     *     ended first are deleted
     */
    public MemoryStateBackend(InstantSource clock, int finishedRunsKept) {
        this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MICROS);
        this.runs = new RunTable(finishedRunsKept);
    }

    /** From now on so many ended runs are kept; those beyond are deleted. */
    public final void keepFinishedRuns(int number) {
        runs.keepFinished(number);
    }

    @Override
    public boolean isVolatile() {
        return true;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        Instant now = clock.instant();
        Leases.Entered entered = leases.enter(node, lease, now);
        if (entered.former() != null) {
            end(entered.former());
        }
        return entered.member().lease(now);
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        Membership member = leases.require(node);
        Instant now = clock.instant();
        member.prolong(now);
        return member.lease(now);
    }

    @Override
    public void leave(NodeLease node) {
        Membership member = leases.find(node);
        if (member != null) {
            leases.remove(member);
            end(member);
        }
    }

    private void end(Membership member) {
        member.fence();
        runs.orphan(member);
    }

    @Override
    public List<NodeLease> nodes() {
        return leases.list(clock.instant());
    }

    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        synchronized (claims) {
            Membership member = leases.require(node);
            Instant now = clock.instant();
            if (limit > 0) {
                for (Membership dead : leases.expired(member, now)) {
                    leases.remove(dead);
                    end(dead);
                }
            }
            Lock alive = member.lock().readLock();
            alive.lock();
            try {
                leases.require(node);
                List<ClaimedRun> claimed = new ArrayList<>();
                for (MemoryRun run : due.first(limit, waitKeys, now)) {
                    run.claim(member).ifPresent(claimed::add);
                }
                return new Claims(claimed, due.nextWakeAt(), now);
            } finally {
                alive.unlock();
            }
        }
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> created) {
        if (created.stream().noneMatch(NewRun::owned)) {
            return create((Membership) null, created);
        }
        Membership member = leases.require(node);
        Lock alive = member.lock().readLock();
        alive.lock();
        try {
            leases.require(node);
            return create(member, created);
        } finally {
            alive.unlock();
        }
    }

    private List<CreateOutcome> create(Membership member, List<NewRun> created) {
        List<CreateOutcome> outcomes = new ArrayList<>(created.size());
        for (NewRun wanted : created) {
            Membership owner = wanted.owned() ? member : null;
            outcomes.add(runs.create(wanted, new MemoryRun(wanted, owner, runs, due, clock)));
        }
        return outcomes;
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        Membership member = leases.find(node);
        List<AppendOutcome> outcomes = new ArrayList<>(appends.size());
        for (Append append : appends) {
            MemoryRun run = runs.get(append.run());
            outcomes.add(run == null ? AppendOutcome.FENCED : append(run, member, append));
        }
        return outcomes;
    }

    private AppendOutcome append(MemoryRun run, Membership member, Append append) {
        boolean mayEnd = append.ends() && !run.summary().status().isFinal();
        AppendOutcome outcome = run.append(member, append);
        if (mayEnd && outcome == AppendOutcome.APPENDED) {
            Instant ended = append.summary().ended();
            runs.ended(run, ended == null ? clock.instant() : ended);
        }
        return outcome;
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        List<PostOutcome> outcomes = new ArrayList<>(messages.size());
        for (Post message : messages) {
            MemoryRun run = runs.get(message.run());
            outcomes.add(
                    run == null
                            ? new PostOutcome(PostOutcome.Kind.UNKNOWN_RUN, 0)
                            : run.post(message));
        }
        return outcomes;
    }

    @Override
    public List<Mail> mail(NodeLease node) {
        Membership member = leases.require(node);
        List<Mail> mail = new ArrayList<>();
        member.withMail().forEach(run -> mail.addAll(run.mail(member)));
        return mail;
    }

    @Override
    public List<Entry> journal(String run, long from, int limit) {
        MemoryRun found = runs.get(run);
        return found == null ? List.of() : found.journal(from, limit);
    }

    @Override
    public List<RunSummary> summaries(Collection<String> wanted) {
        return new HashSet<>(wanted)
                .stream().map(runs::get).filter(Objects::nonNull).map(MemoryRun::summary).toList();
    }

    @Override
    public SummaryPage find(RunQuery query) {
        return runs.find(query);
    }

    @Override
    public Map<RunStatus, Long> count() {
        return runs.count();
    }

    @Override
    public void saveSnapshot(String run, Snapshot snapshot) {
        MemoryRun found = runs.get(run);
        if (found != null) {
            found.snapshot(snapshot);
        }
    }

    @Override
    public Optional<Snapshot> snapshot(String run) {
        return Optional.ofNullable(runs.get(run)).flatMap(MemoryRun::snapshot);
    }

    @Override
    public void putDefinition(String hash, byte[] document) {
        definitions.putIfAbsent(hash, document.clone());
    }

    @Override
    public Optional<byte[]> definition(String hash) {
        return Optional.ofNullable(definitions.get(hash)).map(byte[]::clone);
    }

    @Override
    public Set<String> share(Collection<String> words) {
        shared.addAll(words);
        return Set.copyOf(shared);
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        MemoryRun found = runs.get(run);
        if (found != null) {
            found.log(lines, keep);
        }
    }

    @Override
    public Logs logs(String run) {
        MemoryRun found = runs.get(run);
        return found == null ? new Logs(List.of(), 0) : found.logs();
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        return runs.delete(endedBefore, statuses, keysBefore, limit);
    }

    @Override
    public List<MemberState> members() {
        Instant now = clock.instant();
        return leases.all().stream()
                .map(m -> new MemberState(m.lease(now), m.expires(), runs.ownedBy(m)))
                .toList();
    }

    @Override
    public Optional<MemberState> owner(String run) {
        MemoryRun stored = runs.get(run);
        Instant now = clock.instant();
        return stored == null
                ? Optional.empty()
                : stored.owner()
                        .map(m -> new MemberState(m.lease(now), m.expires(), runs.ownedBy(m)));
    }

    /** None: nothing is kept twice. */
    @Override
    public List<Flaw> flaws(Collection<String> wanted) {
        return List.of();
    }

    /** None: what belongs to a run goes with it. */
    @Override
    public List<Flaw> strays(String after, int limit) {
        return List.of();
    }

    @Override
    public int discard(Collection<Flaw> strays) {
        return 0;
    }

    @Override
    public Optional<ClaimedRun> take(NodeLease node, String run) {
        synchronized (claims) {
            Membership member = leases.require(node);
            Lock alive = member.lock().readLock();
            alive.lock();
            try {
                leases.require(node);
                return Optional.ofNullable(runs.get(run)).flatMap(found -> found.take(member));
            } finally {
                alive.unlock();
            }
        }
    }
}
