package orchestrator.engine.core;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import orchestrator.api.run.StepStatus;
import orchestrator.engine.graph.Payload;
import org.junit.Test;

/** Visits every row of the table by a story, and finds every move that is not in it refused. */
public class StepMovesTest {
    private final Set<String> visited = new HashSet<>();

    private static Story plain() {
        return Story.of(w -> w.step("a").task("t").retry(9, Duration.ofMinutes(1)));
    }

    private static Story quick() {
        return Story.of(w -> w.step("a").task("t").retry(9, Duration.ZERO));
    }

    private static Story pending() {
        return new Story(
                Story.graph(w -> w.step("a").task("t").forEach("input.none")), java.util.Map.of());
    }

    private void visit(Story story, StepStatus from, UnaryOperator<Story> move, StepStatus to) {
        assertEquals(from, story.run.step("a").status());
        assertEquals(to, move.apply(story).run.step("a").status());
        visited.add(from + " " + to);
    }

    @Test
    public void everyRowIsVisited() {
        visit(
                new Story(plain().graph, java.util.Map.of()),
                StepStatus.PENDING,
                s -> s.tell(new Command.Begin()),
                StepStatus.RUNNING);
        visit(pending(), StepStatus.PENDING, s -> s.tell(new Command.Begin()), StepStatus.FAILED);
        visit(
                pending(),
                StepStatus.PENDING,
                s -> s.tell(new Command.Cancel("")),
                StepStatus.CANCELLED);
        visit(
                new Story(plain().graph, java.util.Map.of()),
                StepStatus.PENDING,
                s -> s.keep(new Fact.ResultKept("a", Fact.NO_ITEM, Payload.ofTree(1))),
                StepStatus.COMPLETED);
        visit(
                new Story(
                        Story.graph(w -> w.step("a").task("t").when("false")), java.util.Map.of()),
                StepStatus.PENDING,
                s -> s.tell(new Command.Begin()),
                StepStatus.SKIPPED);
        visit(quick(), StepStatus.RUNNING, s -> s.fail("a", true), StepStatus.RUNNING);
        visit(plain(), StepStatus.RUNNING, s -> s.fail("a", true), StepStatus.RETRYING);
        Story wait =
                Story.of(
                        w -> {
                            w.step("b").task("t");
                            w.step("a").waitFor("s").after("b");
                        });
        visit(wait, StepStatus.PENDING, s -> s.complete("b", 1), StepStatus.WAITING);
        fromActive(DeciderStories.RUNNING);
        fromActive(DeciderStories.RETRYING);
        visit(
                Story.of(
                                w -> {
                                    w.step("a").task("t").compensate("u");
                                    w.step("b").task("t").after("a");
                                })
                        .complete("a", 1)
                        .fail("b", false),
                StepStatus.COMPLETED,
                s -> s.complete("a.compensate", 1),
                StepStatus.COMPENSATED);
        Story retrying = plain().fail("a", true);
        visit(
                retrying,
                StepStatus.RETRYING,
                s -> s.handBack("a", Fact.NO_ITEM),
                StepStatus.RETRYING);
        Story healed = plain().fail("a", true).tell(new Command.MissTask("a"));
        visit(
                healed,
                StepStatus.WAITING,
                s -> s.tell(new Command.OfferTask("t")),
                StepStatus.RUNNING);
        Story later = quick();
        later.run.apply(new Fact.AttemptFailed("a", -1, 1, "1", "c", "m", true), later.now);
        later.run.apply(new Fact.AttemptScheduled("a", -1, 2, later.now), later.now);
        visit(later, StepStatus.RETRYING, s -> s.fail("a", true), StepStatus.RUNNING);
        Set<String> table = new HashSet<>();
        for (StepStatus from : StepStatus.values()) {
            StepMoves.after(from).forEach(to -> table.add(from + " " + to));
        }
        assertEquals(table, visited);
    }

    private enum DeciderStories {
        RUNNING,
        RETRYING;

        Story tell() {
            return this == RUNNING ? plain() : plain().fail("a", true);
        }
    }

    private void fromActive(DeciderStories start) {
        StepStatus from = StepStatus.valueOf(start.name());
        visit(start.tell(), from, s -> s.tell(new Command.MissTask("a")), StepStatus.WAITING);
        visit(start.tell(), from, s -> s.complete("a", 1), StepStatus.COMPLETED);
        visit(start.tell(), from, s -> s.fail("a", false), StepStatus.FAILED);
        visit(start.tell(), from, s -> s.tell(new Command.Cancel("")), StepStatus.CANCELLED);
    }

    @Test
    public void aMoveThatIsNotInTheTableIsRefusedWithWhatIsThere() {
        for (StepStatus from : StepStatus.values()) {
            Set<StepStatus> others = EnumSet.allOf(StepStatus.class);
            others.removeAll(StepMoves.after(from));
            for (StepStatus to : others) {
                StepState step = plain().run.step("a");
                step.status = from;
                UnknownEntryException refused =
                        assertThrows(UnknownEntryException.class, () -> StepMoves.move(step, to));
                assertTrue(
                        refused.getMessage(),
                        refused.getMessage().contains("after " + from + ", but found " + to));
                assertEquals(from, step.status());
            }
        }
    }

    @Test
    public void aRunIsCreatedOnceAndEndsOnce() {
        Story story = plain();
        assertThrows(
                UnknownEntryException.class, () -> story.run.apply(story.run.created(), story.now));
        story.complete("a", 1);
        UnknownEntryException refused =
                assertThrows(
                        UnknownEntryException.class,
                        () -> story.run.apply(new Fact.RunPaused(), story.now));
        assertTrue(
                refused.getMessage(), refused.getMessage().contains("RunPaused after COMPLETED"));
        assertThrows(
                UnknownEntryException.class,
                () -> new RunState(story.graph).apply(new Fact.RunPaused(), story.now));
    }
}
