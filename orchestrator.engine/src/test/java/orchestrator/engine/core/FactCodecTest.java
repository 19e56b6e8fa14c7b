package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import orchestrator.api.state.Entry;
import orchestrator.engine.graph.Payload;
import org.junit.Test;

public class FactCodecTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Payload TREE =
            Payload.ofTree(
                    Map.of("ä\u0000\ud83d\ude00", List.of(1, -2.5, true, Map.of(), "\"\\\n")));

    static final List<Fact> ALL =
            List.of(
                    new Fact.RunCreated("w", "1.10", "hash", TREE, AT, -5, "key", Map.of("l", "v")),
                    new Fact.RunCreated("w", "1", "hash", Payload.NULL, null, 0, null, Map.of()),
                    new Fact.AttemptScheduled("s", -1, 1, null),
                    new Fact.AttemptScheduled("s", 99_999, 2, AT),
                    new Fact.AttemptStarted("s", 0, 3),
                    new Fact.AttemptCompleted("s", -1, 1, "1.0", TREE),
                    new Fact.AttemptCompleted("s", -1, 1, null, Payload.NULL),
                    new Fact.AttemptFailed("s", 7, 1, "1.0", "code", "message", true),
                    new Fact.AttemptHandedBack("s", -1, 1, "left"),
                    new Fact.StepWaiting("s", "task", "t", null),
                    new Fact.StepReady("s"),
                    new Fact.StepSkipped("s", Fact.StepSkipped.BY_JOIN),
                    new Fact.FanOutOpened("s", Payload.ofTree(List.of(1, List.of()))),
                    new Fact.ItemFailed("s", 3, "code", "message"),
                    new Fact.FanOutCompleted("s"),
                    new Fact.StepFailed("s", "code", "message", true),
                    new Fact.RunFailing("s", "code", "message"),
                    new Fact.RunCancelling("why"),
                    new Fact.IterationCompleted("s", 3, "1.0", Payload.ofTree(List.of(1))),
                    new Fact.RunPaused(),
                    new Fact.RunResumed(Long.MAX_VALUE),
                    new Fact.RunRecovered("n", 3),
                    new Fact.RunQuarantined("code", "message"),
                    new Fact.RunCreated(
                            "w",
                            "1",
                            "hash",
                            TREE,
                            AT,
                            0,
                            null,
                            Map.of(),
                            new Fact.Parent("p", "s", 7, 2, 16)),
                    new Fact.RunCreated(
                            "w",
                            "1",
                            "hash",
                            TREE,
                            null,
                            0,
                            "rerun",
                            Map.of(),
                            null,
                            new Fact.Origin("p", "o", Map.of("s", TREE)),
                            3),
                    new Fact.StateSaved(Map.of("a", TREE, "b", Payload.NULL)),
                    new Fact.ProgressNoted(40, "half way"),
                    new Fact.RunMigrated("2", "hash", TREE),
                    new Fact.FanOutKept("s", Payload.ofTree(List.of(1, 2))),
                    new Fact.ResultKept("s", 1, TREE),
                    new Fact.ResultKept("s", -1, Payload.NULL),
                    new Fact.RunCompleted(null),
                    new Fact.RunCompleted(TREE),
                    new Fact.RunClosed(),
                    new Fact.RunFailed("code", "message"),
                    new Fact.CommandRefused("Pause", "why", null),
                    new Fact.CommandRefused("Signal", "why", "id"),
                    new Fact.WaitBegan("a", null, Story.START),
                    new Fact.WaitBegan("a", "s", null),
                    new Fact.StepTimed("a", Story.START),
                    new Fact.StepWaiting("a", "task", "t", Story.START),
                    new Fact.WaitEnded("a"),
                    new Fact.SignalReceived("id", "s", Payload.ofTree(Map.of("k", 1))),
                    new Fact.SignalTaken("a"),
                    new Fact.RunCancelled("reason"));

    private final FactCodec codec = new FactCodec();

    private static Entry entry(String type, int version, String body) {
        return Entry.of(17, type, version, AT, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    public void everyFactSurvivesBeingWrittenAndRead() {
        assertEquals(
                Arrays.stream(Fact.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                ALL.stream().map(FactCodec::type).collect(Collectors.toCollection(TreeSet::new)));
        for (Fact fact : ALL) {
            Entry read = Entry.of(1, FactCodec.type(fact), fact.version(), AT, codec.encode(fact));
            assertEquals(fact, codec.decode(read));
        }
    }

    @Test
    public void digitsOfPayloadsAreKept() {
        Payload digits =
                Payload.of(
                        "[0.10,1e400,12345678901234567890123,1.0]"
                                .getBytes(StandardCharsets.UTF_8));
        byte[] body = codec.encode(new Fact.AttemptCompleted("s", -1, 1, "1", digits));
        Fact.AttemptCompleted read =
                (Fact.AttemptCompleted) codec.decode(Entry.of(1, "AttemptCompleted", 1, AT, body));
        assertEquals(digits.value(), read.output().value());
    }

    @Test
    public void whatThisReleaseDoesNotKnowIsNamedWithItsSequence() {
        for (Entry strange :
                List.of(
                        entry("Teleported", 1, "{}"),
                        entry("RunPaused", 2, "{}"),
                        entry("AttemptScheduled", 1, "{\"step\":\"s\""),
                        entry("AttemptScheduled", 1, "{\"step\":\"s\",\"item\":\"x\"}"),
                        entry("AttemptScheduled", 1, "{\"step\":\"s\",\"unknown\":1}"),
                        entry("RunResumed", 1, "{\"shiftMillis\":1} {}"),
                        entry("RunCreated", 1, "{\"deadline\":\"yesterday\"}"),
                        entry("AttemptScheduled", 1, "null"),
                        entry("RunPaused", 1, "[".repeat(100_000)),
                        entry("RunPaused", 1, ""))) {
            UnknownEntryException e =
                    assertThrows(
                            strange.type() + new String(strange.body(), StandardCharsets.UTF_8),
                            UnknownEntryException.class,
                            () -> codec.decode(strange));
            assertTrue(e.getMessage(), e.getMessage().contains("entry 17"));
        }
    }
}
