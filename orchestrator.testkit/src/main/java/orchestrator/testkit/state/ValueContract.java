package orchestrator.testkit.state;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.ClaimedRun;
import orchestrator.api.state.CreateOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NewRun;
import orchestrator.api.state.NodeLease;
import orchestrator.api.state.Post;
import orchestrator.api.state.PostOutcome;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunQuery;
import orchestrator.api.state.RunSummary;
import orchestrator.testkit.Appends;
import orchestrator.testkit.Runs;
import orchestrator.testkit.TestStore;
import org.junit.Test;

/** Values come back as they went in. */
public class ValueContract extends StateTopic {
    private static final int MEBIBYTE = 1024 * 1024;

    /** For the suite. */
    public ValueContract(Callable<TestStore> stores) {
        super(stores);
    }

    @Test
    public void entriesComeBackAsTheyWere() {
        byte[] body = new byte[256];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        String type = "T".repeat(64);
        createOwned("r1");
        append(
                Appends.to("r1", 1, 2)
                        .entries(
                                List.of(
                                        Entry.of(3, type, 7, micros(123_457), body),
                                        Entry.of(4, "t", 1, micros(1), new byte[0]))));
        Entry third = journal("r1").get(2);
        assertEquals(3, third.sequence());
        assertEquals(type, third.type());
        assertEquals(7, third.version());
        assertEquals(micros(123_457), third.at());
        assertArrayEquals(body, third.body());
        assertEquals(micros(1), journal("r1").get(3).at());
        assertEquals(0, journal("r1").get(3).body().length);
    }

    @Test
    public void summariesComeBackAsTheyWere() {
        RunSummary full =
                run("x".repeat(64))
                        .kind(RunKind.SYSTEM)
                        .status(RunStatus.FAILED)
                        .reason(new Reason("retry", "step", micros(111_111), micros(222_223)))
                        .wakeAt(micros(333_331))
                        .waitKeys("task:x", "signal:y", "signal:z")
                        .priority(-7)
                        .progress(100)
                        .label("team", "blue")
                        .label("empty", "")
                        .started(micros(444_449))
                        .ended(RunStatus.FAILED, micros(555_557))
                        .lineage("parent", "origin")
                        .error("because")
                        .summary();
        createOwned("x".repeat(64));
        append(Appends.to("x".repeat(64), 1, 2).entries(1, now).summary(full));
        assertEquals(full, summary("x".repeat(64)));
        assertEquals(full, backend.find(RunQuery.all(1)).runs().get(0));
    }

    @Test
    public void prioritiesMayBeAnyInteger() {
        create(run("low").priority(Integer.MIN_VALUE).wakeAt(now).unowned());
        create(run("high").priority(Integer.MAX_VALUE).wakeAt(now).unowned());
        create(run("zero").wakeAt(now).unowned());
        assertEquals(List.of("high", "zero", "low"), ids(claimAll(node)));
    }

    @Test
    public void textMayHoldAnyCharacter() {
        RunSummary odd =
                run("r1")
                        .label(TEXT, TEXT)
                        .label("plain", TEXT)
                        .reason(new Reason("task", TEXT, now, null))
                        .error(TEXT)
                        .summary();
        createOwned("r1");
        append(Appends.to("r1", 1, 2).summary(odd));
        createOwned("r2");
        assertEquals(odd, summary("r1"));
        assertEquals(
                List.of(odd),
                backend.find(
                                new RunQuery(
                                        null,
                                        null,
                                        Set.of(),
                                        null,
                                        TEXT,
                                        Map.of(TEXT, TEXT, "plain", TEXT),
                                        null,
                                        10))
                        .runs());
        assertEquals(
                List.of(),
                backend.find(
                                new RunQuery(
                                        null,
                                        null,
                                        Set.of(),
                                        null,
                                        null,
                                        Map.of("plain", TEXT.replace("\u0000", "")),
                                        null,
                                        10))
                        .runs());
    }

    @Test
    public void allTextOfARunMayHoldAnyCharacter() {
        RunSummary odd =
                new RunSummary(
                        "r1",
                        RunKind.USER,
                        TEXT,
                        TEXT,
                        TEXT,
                        RunStatus.WAITING,
                        new Reason(TEXT, TEXT, now, null),
                        null,
                        Set.of(TEXT, TEXT + "\n", "task:" + TEXT),
                        0,
                        Map.of(TEXT, TEXT, "", ""),
                        0,
                        now,
                        null,
                        null,
                        null,
                        null,
                        TEXT);
        create(new NewRun(odd, Runs.entries(1, 1, now), TEXT, TEXT, false));
        assertEquals(odd, summary("r1"));
        assertEquals(
                List.of(odd),
                backend.find(new RunQuery(null, TEXT, Set.of(), TEXT, TEXT, Map.of(), null, 10))
                        .runs());
        assertEquals(
                List.of(), backend.claim(node, 10, List.of(TEXT.replace("\u0000", ""))).runs());
        assertEquals(List.of("r1"), ids(backend.claim(node, 10, List.of(TEXT)).runs()));
    }

    @Test
    public void aNodesIdMayHoldAnyCharacter() {
        NodeLease odd = backend.enter(TEXT, LONG);
        assertEquals(TEXT, odd.node());
        backend.create(odd, List.of(run("r1").owned()));
        assertEquals(AppendOutcome.APPENDED, append(odd, Appends.to("r1", 1, 2).entries(1, now)));
        assertEquals(odd.incarnation(), backend.heartbeat(odd).incarnation());
        assertEquals(TEXT, backend.nodes().get(0).node());
        backend.leave(odd);
        assertEquals(List.of("r1"), ids(claimAll(node)));
    }

    @Test
    public void halvesOfSurrogatePairsAreText() {
        String half = "a\uD83D b \uDE00\uD83D";
        RunSummary odd = run("r1").label(half, half).error(half).waitKeys(half).summary();
        createOwned("r1");
        append(Appends.to("r1", 1, 2).summary(odd));
        backend.log("r1", List.of(new LogLine(now, "INFO", half, 1, half)), 10);
        assertEquals(odd, summary("r1"));
        assertEquals(half, backend.logs("r1").lines().get(0).text());
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), post("r1", half));
        assertEquals(half, backend.mail(node).get(0).messageId());
    }

    @Test
    public void idsMayHoldAnyVisibleAsciiCharacterAndAreOrderedByCode() {
        List<String> ids =
                IntStream.rangeClosed('!', '~').mapToObj(c -> (char) c + "." + (char) c).toList();
        backend.create(node, ids.stream().map(id -> run(id).owned()).toList());
        for (String id : ids) {
            assertEquals(
                    AppendOutcome.APPENDED,
                    append(
                            Appends.to(id, 1, 2)
                                    .id(id)
                                    .entries(List.of(Entry.of(3, id, 1, now, new byte[0])))));
            assertEquals(id, journal(id).get(2).type());
            post(id, "m1");
        }
        List<String> backwards = new ArrayList<>(ids);
        Collections.reverse(backwards);
        assertEquals(
                backwards,
                backend.find(RunQuery.all(1000)).runs().stream().map(RunSummary::id).toList());
        assertEquals(ids, backend.mail(node).stream().map(Mail::run).toList());
    }

    @Test
    public void anErrorMayBe4KibibytesLong() {
        String error = "\uD83D\uDE00".repeat(1024);
        createOwned("r1");
        RunSummary failed = run("r1").ended(RunStatus.FAILED, now).error(error).summary();
        append(Appends.to("r1", 1, 2).entries(1, now).summary(failed));
        assertEquals(error, summary("r1").error());
    }

    @Test
    public void messageIdsMayHoldAnyCharacter() {
        createOwned("r1");
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 1), post("r1", TEXT));
        assertEquals(new PostOutcome(PostOutcome.Kind.DUPLICATE, 1), post("r1", TEXT));
        assertEquals(TEXT, backend.mail(node).get(0).messageId());
        String longest = "\uD83D\uDE00".repeat(64);
        assertEquals(new PostOutcome(PostOutcome.Kind.POSTED, 2), post("r1", longest));
        assertEquals(longest, backend.mail(node).get(1).messageId());
    }

    @Test
    public void startKeysMayHoldAnyCharacter() {
        create(run("k.1").startKey(TEXT, "hash").unowned());
        create(run("k.2").startKey(TEXT.replace("\u0000", ""), "hash").unowned());
        assertEquals(
                List.of(new CreateOutcome(CreateOutcome.Kind.EXISTS, "k.1")),
                backend.create(node, List.of(run("k.3").startKey(TEXT, "hash").unowned())));
    }

    @Test
    public void entriesMayBeLarge() {
        byte[] two = bytes(2 * MEBIBYTE);
        byte[] largest = bytes(16 * MEBIBYTE);
        createOwned("r1");
        assertEquals(
                AppendOutcome.APPENDED,
                append(
                        Appends.to("r1", 1, 2)
                                .entries(
                                        List.of(
                                                Entry.of(3, "Large", 1, now, two),
                                                Entry.of(4, "Large", 1, now, two)))));
        assertEquals(
                AppendOutcome.APPENDED,
                append(
                        Appends.to("r1", 1, 4)
                                .entries(List.of(Entry.of(5, "Largest", 1, now, largest)))));
        List<Entry> journal = journal("r1");
        assertArrayEquals(two, journal.get(2).body());
        assertArrayEquals(two, journal.get(3).body());
        assertArrayEquals(largest, journal.get(4).body());
    }

    @Test
    public void messagesMayBeLarge() {
        byte[] body = bytes(2 * MEBIBYTE);
        create(run("r1").unowned());
        backend.post(List.of(new Post("r1", "m1", body), new Post("r1", "m2", body)));
        ClaimedRun claimed = claimAll(node).get(0);
        assertArrayEquals(body, claimed.inbox().get(0).body());
        assertArrayEquals(body, backend.mail(node).get(1).body());
    }

    @Test
    public void aMessageMayBeEmpty() {
        createOwned("r1");
        backend.post(List.of(new Post("r1", "m1", new byte[0])));
        assertEquals(0, backend.mail(node).get(0).body().length);
    }
}
