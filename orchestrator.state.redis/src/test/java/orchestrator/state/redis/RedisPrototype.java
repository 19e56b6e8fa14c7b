package orchestrator.state.redis;

import static orchestrator.state.redis.Scripts.arguments;
import static orchestrator.state.redis.Scripts.bytes;
import static orchestrator.state.redis.Scripts.string;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.Claims;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Logs;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.Snapshot;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.SummaryPage;
import redis.clients.jedis.RedisClient;

/**
 * A proof that the SPI fits Redis: what fencing and races rest on. The rest answers with
 * {@link UnsupportedOperationException}. It goes when the backend comes.
 */
final class RedisPrototype implements StateBackend {
    private final RedisClient redis;
    private final Scripts scripts;
    private final int shards;

    RedisPrototype(RedisClient redis, int shards) {
        this.redis = redis;
        this.scripts = new Scripts(redis);
        this.shards = shards;
    }

    @Override
    public boolean isVolatile() {
        return false;
    }

    @Override
    public NodeLease enter(String node, Duration lease) {
        long incarnation = redis.hincrBy("{orc}:incarnations", node, 1);
        long micros = lease.toNanos() / 1000;
        List<Object> times = scripts.run(nodes("enter", arguments(node, incarnation, micros)));
        return new NodeLease(node, incarnation, lease, earliest(times));
    }

    @Override
    public NodeLease heartbeat(NodeLease node) {
        List<Object> times = scripts.run(nodes("heartbeat", lease(node)));
        return new NodeLease(node.node(), node.incarnation(), node.duration(), earliest(times));
    }

    @Override
    public void leave(NodeLease node) {
        scripts.run(nodes("leave", lease(node)));
    }

    @Override
    public List<NodeLease> nodes() {
        Map<String, NodeLease> found = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
            redis.hgetAll(prefix(shard) + "nodes")
                    .forEach(
                            (node, text) -> {
                                String[] parts = text.split("\\|");
                                Duration duration =
                                        Duration.of(Long.parseLong(parts[1]), ChronoUnit.MICROS);
                                Instant now = Codec.instant(Long.parseLong(parts[2]));
                                long incarnation = Long.parseLong(parts[0]);
                                found.put(
                                        node,
                                        new NodeLease(
                                                node, incarnation, duration, now.minus(duration)));
                            });
        }
        return List.copyOf(found.values());
    }

    /** First looks into all shards, so that the order holds over all of them, then takes from each what comes first. */
    @Override
    public Claims claim(NodeLease node, int limit, Collection<String> waitKeys) {
        List<byte[]> look = lease(node);
        look.add(bytes(limit));
        waitKeys.forEach(key -> look.add(bytes(key)));
        List<Candidate> first = new ArrayList<>();
        for (Object shard : scripts.run(nodes("peek", look))) {
            ((List<?>) shard).forEach(run -> first.add(Candidate.of((List<?>) run)));
        }
        List<String> wanted =
                first.stream().sorted(Candidate.FIRST).limit(limit).map(Candidate::id).toList();
        List<ClaimedRun> claimed = new ArrayList<>();
        List<Instant> wakes = new ArrayList<>();
        List<Object> times = new ArrayList<>();
        for (Object answer : scripts.run(take(node, wanted, waitKeys))) {
            List<?> shard = (List<?>) answer;
            times.add(shard.get(0));
            String wake = string(shard.get(1));
            if (!wake.isEmpty()) {
                wakes.add(Codec.instant((long) Double.parseDouble(wake)));
            }
            shard.subList(2, shard.size()).forEach(run -> claimed.add(claimed((List<?>) run)));
        }
        claimed.sort(Comparator.comparing(run -> wanted.indexOf(run.summary().id())));
        return new Claims(claimed, wakes.stream().min(Comparator.naturalOrder()), earliest(times));
    }

    private List<Scripts.Call> take(
            NodeLease node, List<String> wanted, Collection<String> waitKeys) {
        List<Scripts.Call> calls = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            List<byte[]> arguments = lease(node);
            arguments.add(bytes(waitKeys.size()));
            waitKeys.forEach(key -> arguments.add(bytes(key)));
            for (String run : wanted) {
                if (shardOf(run) == shard) {
                    arguments.add(bytes(run));
                }
            }
            calls.add(call("take", shard, "nodes", arguments));
        }
        return calls;
    }

    private record Candidate(String id, long priority, long since) {
        static final Comparator<Candidate> FIRST =
                Comparator.comparingLong(Candidate::priority)
                        .reversed()
                        .thenComparing(Candidate::since);

        static Candidate of(List<?> run) {
            return new Candidate(
                    string(run.get(0)), (Long) run.get(1), Long.parseLong(string(run.get(2))));
        }
    }

    private static ClaimedRun claimed(List<?> run) {
        String id = string(run.get(0));
        List<?> inbox = (List<?>) run.get(6);
        List<Mail> mail = new ArrayList<>();
        for (int i = 0; i < inbox.size(); i += 2) {
            long number = Long.parseLong(string(inbox.get(i)));
            mail.add(Codec.mail(id, number, (byte[]) inbox.get(i + 1)));
        }
        mail.sort(Comparator.comparing(Mail::number));
        return new ClaimedRun(
                Codec.summary((byte[]) run.get(5)),
                (Long) run.get(1),
                (Long) run.get(2),
                ((Long) run.get(3)).intValue(),
                (Long) run.get(7) == 1,
                mail,
                (Long) run.get(4));
    }

    @Override
    public List<CreateOutcome> create(NodeLease node, List<NewRun> runs) {
        if (runs.size() > 1 && runs.stream().anyMatch(NewRun::owned)) {
            scripts.run(nodes("mail", lease(node))); // fails if the lease is over
        }
        List<Scripts.Call> calls = new ArrayList<>();
        for (NewRun run : runs) {
            RunSummary summary = run.summary();
            List<byte[]> arguments =
                    arguments(
                            node.node(),
                            run.owned() ? node.incarnation() : "",
                            summary.id(),
                            run.startKey() == null ? "" : summary.workflow() + "/" + run.startKey(),
                            run.inputHash() == null ? "" : run.inputHash(),
                            summary.status().isFinal() ? 1 : 0);
            arguments.addAll(summary(summary));
            run.entries().forEach(entry -> arguments.add(Codec.encode(entry)));
            calls.add(runCall("create", summary.id(), arguments));
        }
        List<CreateOutcome> outcomes = new ArrayList<>();
        for (Object answer : scripts.run(calls)) {
            String kind = string(((List<?>) answer).get(0));
            if (kind.equals("NODE_FENCED")) {
                throw new NodeFencedException(
                        "Expected a lease that is not over, but found it fenced");
            }
            outcomes.add(
                    new CreateOutcome(
                            CreateOutcome.Kind.valueOf(kind), string(((List<?>) answer).get(1))));
        }
        return outcomes;
    }

    @Override
    public List<AppendOutcome> append(NodeLease node, List<Append> appends) {
        List<Scripts.Call> calls = new ArrayList<>();
        for (Append append : appends) {
            List<byte[]> arguments =
                    arguments(
                            node.node(),
                            node.incarnation(),
                            append.run(),
                            append.epoch(),
                            append.appendId(),
                            append.lastSequence(),
                            append.inboxSeen(),
                            append.release() ? 1 : 0,
                            append.ends() ? 1 : 0);
            arguments.addAll(summary(append.summary()));
            arguments.add(bytes(append.consumed().size()));
            append.consumed().forEach(number -> arguments.add(bytes(number)));
            append.entries().forEach(entry -> arguments.add(Codec.encode(entry)));
            calls.add(runCall("append", append.run(), arguments));
        }
        return scripts.run(calls).stream()
                .map(answer -> AppendOutcome.valueOf(string(answer)))
                .toList();
    }

    @Override
    public List<PostOutcome> post(List<Post> messages) {
        List<Scripts.Call> calls = new ArrayList<>();
        for (Post post : messages) {
            calls.add(
                    runCall(
                            "post",
                            post.run(),
                            arguments(post.run(), post.messageId(), post.body())));
        }
        List<PostOutcome> outcomes = new ArrayList<>();
        for (Object answer : scripts.run(calls)) {
            List<?> parts = (List<?>) answer;
            outcomes.add(
                    new PostOutcome(
                            PostOutcome.Kind.valueOf(string(parts.get(0))), (Long) parts.get(1)));
        }
        return outcomes;
    }

    @Override
    public List<Mail> mail(NodeLease node) {
        List<Mail> mail = new ArrayList<>();
        for (Object shard : scripts.run(nodes("mail", lease(node)))) {
            for (Object message : (List<?>) shard) {
                List<?> parts = (List<?>) message;
                mail.add(
                        Codec.mail(
                                string(parts.get(0)), (Long) parts.get(1), (byte[]) parts.get(2)));
            }
        }
        mail.sort(Comparator.comparing(Mail::run).thenComparing(Mail::number));
        return mail;
    }

    @Override
    public List<Entry> journal(String run, long from, int limit) {
        byte[] key = bytes(prefix(shardOf(run)) + "j:" + run);
        return redis.lrange(key, from - 1, from + limit - 2).stream().map(Codec::entry).toList();
    }

    @Override
    public List<RunSummary> summaries(Collection<String> runs) {
        List<RunSummary> found = new ArrayList<>();
        for (String run : new LinkedHashSet<>(runs)) {
            byte[] key = bytes(prefix(shardOf(run)) + "run:" + run);
            byte[] summary = redis.hget(key, bytes("summary"));
            if (summary != null) {
                found.add(Codec.summary(summary));
            }
        }
        return found;
    }

    /** By the placement, which runs with the same start key have in common. */
    private int shardOf(String run) {
        int dot = run.indexOf('.');
        String placement = dot < 0 ? run : run.substring(0, dot);
        return Math.floorMod(placement.hashCode(), shards);
    }

    private static String prefix(int shard) {
        return "{orc:" + shard + "}:";
    }

    /** One call for each shard, on its nodes. */
    private List<Scripts.Call> nodes(String script, List<byte[]> arguments) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> call(script, shard, "nodes", arguments))
                .toList();
    }

    private Scripts.Call runCall(String script, String run, List<byte[]> arguments) {
        return call(script, shardOf(run), "run:" + run, arguments);
    }

    private static Scripts.Call call(String script, int shard, String key, List<byte[]> arguments) {
        List<byte[]> all = arguments(prefix(shard));
        all.addAll(arguments);
        return new Scripts.Call(script, prefix(shard) + key, all);
    }

    private static List<byte[]> lease(NodeLease node) {
        return arguments(node.node(), node.incarnation());
    }

    private static List<byte[]> summary(RunSummary summary) {
        return summary == null
                ? arguments("", "", "", "")
                : arguments(
                        Codec.encode(summary),
                        summary.wakeAt() == null ? "" : Codec.micros(summary.wakeAt()),
                        summary.priority(),
                        Codec.list(summary.waitKeys()));
    }

    private static Instant earliest(List<Object> times) {
        return times.stream()
                .map(time -> Codec.instant(Long.parseLong(string(time))))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public SummaryPage find(RunQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<RunStatus, Long> count() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void saveSnapshot(String run, Snapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Snapshot> snapshot(String run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putDefinition(String hash, byte[] document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<byte[]> definition(String hash) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> share(Collection<String> words) {
        if (!words.isEmpty()) {
            redis.sadd("{orc}:words", words.toArray(String[]::new));
        }
        return redis.smembers("{orc}:words");
    }

    @Override
    public void log(String run, List<LogLine> lines, int keep) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Logs logs(String run) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit) {
        throw new UnsupportedOperationException();
    }
}
