package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.TimelineEntry;
import org.junit.Test;

public class WhyTest {
    private static final Why.Room FREE = new Why.Room(1, 10);

    private static Why.Around here(Map<String, Integer> bodies) {
        return new Why.Around("me", true, bodies, FREE, FREE, 0, null);
    }

    private static Why.Around elsewhere(Story story, boolean expired) {
        Why.Owner owner = new Why.Owner("other", story.now, expired);
        return new Why.Around("me", false, Map.of(), FREE, FREE, 3, owner);
    }

    private static String code(Story story, Why.Around around) {
        List<Explanation> why = Why.of(story.run, story.now, around);
        return String.join(",", why.stream().map(e -> e.reason().code()).toList());
    }

    private static Story two() {
        return Story.of(
                w -> {
                    w.step("a").task("t").retry(3, Duration.ofMinutes(5));
                    w.step("b").task("t").after("a");
                });
    }

    /** Wherever a run stands there is an answer, and it is told in words. */
    @Test
    public void thereIsAlwaysAnAnswer() {
        List<Story> stories =
                List.of(
                        new Story(two().graph, Map.of()),
                        two(),
                        two().fail("a", true),
                        two().tell(new Command.MissTask("a")),
                        two().tell(new Command.Pause()),
                        two().tell(new Command.Quarantine("c", "m")),
                        two().complete("a", 1).complete("b", 1),
                        two().fail("a", false),
                        two().tell(new Command.Cancel("")),
                        Story.child(Map.of(), w -> w.step("a").task("t")).complete("a", 1),
                        Story.of(w -> w.step("s").workflow("x")));
        List<String> codes = new ArrayList<>();
        for (Story story : stories) {
            codes.add(code(story, here(Map.of("a", 1))));
            for (Why.Around around : List.of(here(Map.of()), elsewhere(story, true))) {
                for (Explanation why : Why.of(story.run, story.now, around)) {
                    assertFalse(why.text(), why.text().isEmpty() || why.text().contains("null"));
                }
            }
        }
        assertEquals(
                List.of(
                        "queue",
                        "running",
                        "retry",
                        "task",
                        "pause",
                        "quarantined",
                        "ended",
                        "ended,ended",
                        "ended,ended",
                        "ending",
                        "children"),
                codes);
    }

    @Test
    public void whoOwnsItIsSaidFirstIfThatOneIsDead() {
        Story story = two();
        assertEquals("running", code(story, elsewhere(story, false)));
        assertEquals("owner,running", code(story, elsewhere(story, true)));
        assertEquals("owner,pause", code(story.tell(new Command.Pause()), elsewhere(story, true)));
    }

    @Test
    public void aWaitEndsAtItsOwnTimeAndTheRunsComesFirst() {
        Story story =
                Story.of(
                        w ->
                                w.timeout(Duration.ofMinutes(10))
                                        .step("ask")
                                        .waitFor("said", Duration.ofDays(2)));
        assertEquals(story.now.plus(Duration.ofDays(2)), story.standing().reason().until());
        assertEquals(story.now.plus(Duration.ofMinutes(10)), story.standing().wakeAt());
        Explanation why = Why.of(story.run, story.now, here(Map.of())).get(0);
        assertEquals(story.now.plus(Duration.ofDays(2)), why.reason().until());
        assertTrue(
                why.text(),
                why.text()
                        .endsWith(
                                ", until 2026-01-03T00:00:00Z; the time of the whole run is up at 2026-01-01T00:10:00Z"));
    }

    @Test
    public void oneIsNotSaidAsMany() {
        Story story = two();
        assertTrue(
                Why.of(story.run, story.now, here(Map.of("a", 1)))
                        .get(0)
                        .text()
                        .startsWith("Step 'a' has 1 attempt in progress on node me, "));
        Why.Around full = new Why.Around("me", true, Map.of(), FREE, new Why.Room(1, 1), 0, null);
        assertEquals(
                "Step 'a' has 1 attempt that waits for a slot: node me has 1 in progress of at most 1 (max.concurrent.tasks)",
                Why.of(story.run, story.now, full).get(0).text());
    }

    @Test
    public void whatWaitsForASlotIsCountedApart() {
        Story story = Story.of(w -> w.step("each").task("t").forEach("[1, 2, 3]"));
        Why.Around around =
                new Why.Around("me", true, Map.of("each", 1), FREE, new Why.Room(4, 4), 0, null);
        List<Explanation> why = Why.of(story.run, story.now, around);
        assertEquals("running", why.get(0).reason().code());
        assertTrue(
                why.get(1).text(),
                why.get(1)
                        .text()
                        .startsWith(
                                "Step 'each' has 2 attempts that wait for a slot: node me has 4 in progress of at most 4"));
    }

    @Test
    public void theTimelineTellsEveryEntryAndHowLongThingsTook() {
        Story story = two().pass(Duration.ofSeconds(3)).fail("a", true);
        story.pass(Duration.ofMinutes(6)).tell(new Command.MissTask("a"));
        story.pass(Duration.ofMinutes(1)).tell(new Command.OfferTask("t"));
        story.complete("a", 1).tell(new Command.Pause()).pass(Duration.ofHours(1));
        story.tell(new Command.Resume()).complete("b", 1);
        Timeline timeline = new Timeline();
        FactCodec codec = new FactCodec();
        List<TimelineEntry> told =
                story.journal.stream()
                        .map(e -> timeline.next(e.sequence(), e.at(), codec.decode(e)))
                        .toList();
        assertEquals(story.journal.size(), told.size());
        assertEquals(Optional.of(Duration.ofSeconds(3)), of(told, "attempt 1 failed"));
        assertEquals(Optional.of(Duration.ofMinutes(1)), of(told, "what it waited for"));
        assertEquals(Optional.of(Duration.ofMinutes(2)), of(told, "attempt 2 gave"));
        assertEquals(Optional.of(Duration.ofHours(1)), of(told, "the run goes on"));
        assertEquals("b", told.get(told.size() - 2).step());
        assertEquals(
                Optional.of(Duration.ofMinutes(67).plusSeconds(3)), of(told, "the run completed"));
    }

    private static Optional<Duration> of(List<TimelineEntry> told, String beginning) {
        return told.stream()
                .filter(e -> e.text().startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .took();
    }

    /** A fact that has no sentence of its own is told by its name and what it says. */
    @Test
    public void everyFactIsTold() {
        for (Fact fact : FactCodecTest.ALL) {
            Sentence sentence = Sentence.of(fact);
            assertFalse(fact.toString(), sentence.text().isBlank());
        }
        assertEquals("s[3]", Sentence.of(new Fact.ItemFailed("s", 3, "c", "m")).place());
    }
}
