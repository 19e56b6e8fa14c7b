package orchestrator.testkit.state;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.Appends;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Calls of living nodes and senders that meet. */
public class RaceContract extends StateTopic {
    private static final int ROUNDS = 30;
    private static final int THREADS = 8;

    /** For the suite. */
    public RaceContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void wordsOfManyNodesAreAllKept() throws Exception {
        StateBackend other = secondHandle();
        Set<String> all = new TreeSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            String same = "same" + round;
            List<String> mine = List.of("mine" + round, same);
            List<String> theirs = List.of(same, "theirs" + round);
            all.addAll(mine);
            all.addAll(theirs);
            List<Set<String>> told =
                    Race.between(List.of(() -> backend.share(mine), () -> other.share(theirs)));
            assertTrue(told.get(0).containsAll(mine));
            assertTrue(told.get(1).containsAll(theirs));
            assertEquals(all, other.share(List.of()));
        }
    }

    @Test
    public void aMessageIsNotLostWhenItsRunIsReleased() throws Exception {
        StateBackend sender = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            createOwned(id);
            Append release = Appends.to(id, 1, 2).entries(1, now).release().build();
            List<Object> answers =
                    Race.between(
                            List.of(
                                    () -> append(backend, node, release),
                                    () -> post(sender, id, "m")));
            assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), answers.get(1));
            if (answers.get(0) == AppendOutcome.MAIL) {
                assertEquals(id, 2, journal(id).size());
                assertEquals(List.of(id), backend.mail(node).stream().map(Mail::run).toList());
                append(Appends.to(id, 1, 2).id("on").entries(1, now).seen(1).release());
            } else {
                assertEquals(AppendOutcome.APPENDED, answers.get(0));
                List<ClaimedRun> woken = claimAll(node);
                assertEquals("the wake-up was lost", List.of(id), ids(woken));
                assertEquals(1, woken.get(0).inbox().size());
                append(Appends.to(woken.get(0)).release());
            }
        }
    }

    @Test
    public void aMessageIsRefusedOrHoldsUpTheEnd() throws Exception {
        StateBackend sender = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            createOwned(id);
            var ended = run(id).ended(RunStatus.COMPLETED, now).summary();
            Append end = Appends.to(id, 1, 2).entries(1, now).summary(ended).build();
            List<Object> answers =
                    Race.between(
                            List.of(() -> append(backend, node, end), () -> post(sender, id, "m")));
            if (answers.get(0) == AppendOutcome.MAIL) {
                assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), answers.get(1));
                assertEquals(run(id).summary(), summary(id));
                append(Appends.to(id, 1, 2).id("on").entries(1, now).seen(1).summary(ended));
            } else {
                assertEquals(AppendOutcome.APPENDED, answers.get(0));
                assertEquals(new PostOutcome(PostOutcome.Kind.ENDED, 0), answers.get(1));
            }
            assertEquals(ended, summary(id));
        }
    }

    @Test
    public void aMessageIsNotLostWhenItsRunIsClaimed() throws Exception {
        StateBackend sender = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            create(run(id).wakeAt(now.minusSeconds(1)).unowned());
            List<Object> answers =
                    Race.between(List.of(() -> claimAll(node), () -> post(sender, id, "m")));
            @SuppressWarnings("unchecked")
            List<ClaimedRun> claimed = (List<ClaimedRun>) answers.get(0);
            assertEquals(List.of(id), ids(claimed));
            Set<Long> numbers = new HashSet<>();
            claimed.get(0).inbox().forEach(mail -> numbers.add(mail.number()));
            backend.mail(node).forEach(mail -> numbers.add(mail.number()));
            assertEquals("round " + round, Set.of(1L), numbers);
            append(Appends.to(claimed.get(0)).consumed(1L).seen(1).entries(1, now));
        }
    }

    @Test
    public void oneMessagePostedByManyIsPostedOnce() throws Exception {
        StateBackend second = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            createOwned(id);
            List<PostOutcome> outcomes =
                    Race.between(threads(i -> post(i % 2 == 0 ? backend : second, id, "same")));
            assertEquals(1, count(outcomes, new PostOutcome(PostOutcome.Kind.POSTED, 1)));
            assertEquals(
                    THREADS - 1, count(outcomes, new PostOutcome(PostOutcome.Kind.DUPLICATE, 1)));
            assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 2), post(id, "next"));
        }
    }

    @Test
    public void messagesOfManyAreNumberedWithoutGaps() throws Exception {
        StateBackend second = secondHandle();
        createOwned("r1");
        List<List<PostOutcome>> outcomes =
                Race.between(
                        threads(
                                i -> {
                                    List<PostOutcome> own = new ArrayList<>();
                                    for (int n = 0; n < ROUNDS; n++) {
                                        StateBackend handle = i % 2 == 0 ? backend : second;
                                        own.add(post(handle, "r1", i + "-" + n));
                                    }
                                    return own;
                                }));
        Set<Long> numbers =
                outcomes.stream()
                        .flatMap(List::stream)
                        .map(PostOutcome::number)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<Long> expected =
                LongStream.rangeClosed(1, (long) THREADS * ROUNDS)
                        .boxed()
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, numbers);
        assertEquals(expected.size(), backend.mail(node).size());
    }

    @Test
    public void aStartKeyTakenByManyGivesOneRun() throws Exception {
        StateBackend second = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String key = "key-" + round;
            List<CreateOutcome> outcomes =
                    Race.between(
                            threads(
                                    i ->
                                            (i % 2 == 0 ? backend : second)
                                                    .create(
                                                            node,
                                                            List.of(
                                                                    run(key + "." + i)
                                                                            .startKey(key, "hash")
                                                                            .unowned()))
                                                    .get(0)));
            Map<CreateOutcome.Kind, Long> kinds =
                    outcomes.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            CreateOutcome::kind, Collectors.counting()));
            assertEquals(
                    Map.of(CreateOutcome.Kind.CREATED, 1L, CreateOutcome.Kind.EXISTS, THREADS - 1L),
                    kinds);
            Set<String> runs =
                    outcomes.stream().map(CreateOutcome::run).collect(Collectors.toSet());
            assertEquals("all are told the same run", 1, runs.size());
            List<String> all = IntStream.range(0, THREADS).mapToObj(i -> key + "." + i).toList();
            assertEquals(
                    List.copyOf(runs), backend.summaries(all).stream().map(s -> s.id()).toList());
        }
    }

    @Test
    public void oneRunCreatedByManyIsCreatedOnce() throws Exception {
        StateBackend second = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            List<CreateOutcome> outcomes =
                    Race.between(
                            threads(
                                    i ->
                                            (i % 2 == 0 ? backend : second)
                                                    .create(node, List.of(run(id).owned()))
                                                    .get(0)));
            assertEquals(
                    THREADS, count(outcomes, new CreateOutcome(CreateOutcome.Kind.CREATED, id)));
            assertEquals(List.of(1L, 2L), sequences(id));
        }
    }

    @Test
    public void aRunIsClaimedByOneOfManyNodes() throws Exception {
        StateBackend second = secondHandle();
        NodeLease[] leases = new NodeLease[THREADS];
        for (int i = 0; i < THREADS; i++) {
            leases[i] = backend.enter("claimer-" + i, LONG);
        }
        for (int round = 0; round < 5; round++) {
            Set<String> due = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                String id = "r" + round + "-" + i;
                due.add(id);
                create(run(id).wakeAt(now.minusSeconds(i)).unowned());
            }
            List<List<ClaimedRun>> claims =
                    Race.between(
                            threads(i -> claimBySevens(i % 2 == 0 ? backend : second, leases[i])));
            List<String> claimed = new ArrayList<>();
            claims.forEach(own -> claimed.addAll(ids(own)));
            // A claim may pass over runs that another claim holds at that moment.
            claims.get(0).forEach(own -> assertTrue(own.epoch() > 0));
            claimed.addAll(ids(claimAll(node)));
            assertEquals("claimed twice or lost", due.size(), claimed.size());
            assertEquals(due, new TreeSet<>(claimed));
        }
    }

    @Test
    public void anAppendRepeatedWhileItIsStillUnderWayIsAppendedOnce() throws Exception {
        StateBackend second = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            createOwned(id);
            Append append = Appends.to(id, 1, 2).id("same").entries(2, now).build();
            List<AppendOutcome> outcomes =
                    Race.between(threads(i -> append(i % 2 == 0 ? backend : second, node, append)));
            assertEquals(THREADS, count(outcomes, AppendOutcome.APPENDED));
            assertEquals(List.of(1L, 2L, 3L, 4L), sequences(id));
        }
    }

    @Test
    public void differentAppendsToOnePlaceAreAppendedOnce() throws Exception {
        StateBackend second = secondHandle();
        for (int round = 0; round < ROUNDS; round++) {
            String id = "r" + round;
            createOwned(id);
            List<AppendOutcome> outcomes =
                    Race.between(
                            threads(
                                    i ->
                                            append(
                                                    i % 2 == 0 ? backend : second,
                                                    node,
                                                    Appends.to(id, 1, 2)
                                                            .id("id-" + i)
                                                            .entries(1, now)
                                                            .build())));
            assertEquals(1, count(outcomes, AppendOutcome.APPENDED));
            assertEquals(THREADS - 1, count(outcomes, AppendOutcome.CONFLICT));
            assertEquals(List.of(1L, 2L, 3L), sequences(id));
        }
    }

    @Test
    public void batchesThatShareRunsDoNotBlockEachOther() throws Exception {
        StateBackend second = secondHandle();
        List<String> runs = IntStream.range(0, 20).mapToObj(i -> "r" + i).toList();
        runs.forEach(this::createOwned);
        List<String> backwards = new ArrayList<>(runs);
        Collections.reverse(backwards);
        for (int round = 0; round < ROUNDS; round++) {
            String id = "m" + round;
            Race.between(
                    threads(
                            i ->
                                    (i % 2 == 0 ? backend : second)
                                            .post(
                                                    (i % 4 < 2 ? runs : backwards)
                                                            .stream()
                                                                    .map(r -> message(r, id))
                                                                    .toList())));
        }
        assertEquals((long) runs.size() * ROUNDS, backend.mail(node).size());
    }

    private static List<ClaimedRun> claimBySevens(StateBackend handle, NodeLease lease) {
        List<ClaimedRun> all = new ArrayList<>();
        List<ClaimedRun> some = handle.claim(lease, 7, List.of()).runs();
        while (!some.isEmpty()) {
            all.addAll(some);
            some = handle.claim(lease, 7, List.of()).runs();
        }
        return all;
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<Callable<T>> threads(Numbered<T> call) {
        List<Callable<T>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            calls.add(() -> call.call(number));
        }
        return calls;
    }

    private static long count(List<?> outcomes, Object expected) {
        return outcomes.stream().filter(expected::equals).count();
    }
}
