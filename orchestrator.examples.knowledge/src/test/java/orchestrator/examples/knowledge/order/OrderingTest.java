package orchestrator.examples.knowledge.order;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import orchestrator.examples.knowledge.document.Finding;
import orchestrator.examples.knowledge.document.Unit;
import orchestrator.examples.knowledge.order.LearningOrder.Duplicate;
import orchestrator.examples.knowledge.order.LearningOrder.Missing;
import orchestrator.examples.knowledge.order.LearningOrder.Place;
import org.junit.Test;

public class OrderingTest {

    @Test
    public void easyOnesComeFirstAndThenByTitle() {
        LearningOrder order =
                Ordering.of(
                        List.of(
                                unit("a", "Z", "beginner"),
                                unit("b", "Y", "beginner"),
                                unit("c", "A", "expert"),
                                unit("d", "B", "intermediate", "c")));

        assertEquals(List.of("b", "a", "c", "d"), ids(order));
        assertEquals(List.of(0, 0, 0, 1), order.places().stream().map(Place::level).toList());
    }

    @Test
    public void theLevelIsTheLongestWay() {
        LearningOrder order =
                Ordering.of(
                        List.of(
                                unit("a", "A", "beginner"),
                                unit("b", "B", "beginner", "a"),
                                unit("c", "C", "beginner", "a", "b")));

        assertEquals(List.of(0, 1, 2), order.places().stream().map(Place::level).toList());
    }

    @Test
    public void aCycleIsReportedAndOpenedAtItsEasiestUnit() {
        LearningOrder order =
                Ordering.of(
                        List.of(
                                unit("a", "A", "advanced", "b"),
                                unit("b", "B", "beginner", "c"),
                                unit("c", "C", "advanced", "a"),
                                unit("d", "D", "beginner", "c")));

        assertEquals(List.of(List.of("b", "c", "a", "b")), order.cycles());
        assertEquals(List.of("b", "a", "c", "d"), ids(order));
    }

    @Test
    public void aUnitThatNeedsItselfIsACycle() {
        LearningOrder order = Ordering.of(List.of(unit("a", "A", "beginner", "a")));

        assertEquals(List.of(List.of("a", "a")), order.cycles());
        assertEquals(List.of("a"), ids(order));
    }

    @Test
    public void twoCyclesThatShareAUnitAreBothReported() {
        LearningOrder order =
                Ordering.of(
                        List.of(
                                unit("a", "A", "beginner", "b", "c"),
                                unit("b", "B", "beginner", "a"),
                                unit("c", "C", "beginner", "a")));

        assertEquals(
                Set.of(List.of("a", "b", "a"), List.of("a", "c", "a")), Set.copyOf(order.cycles()));
        assertEquals(List.of("a", "b", "c"), ids(order));
    }

    @Test
    public void missingAndDoubledIdsAreReported() {
        Unit broken = Unit.broken("bad.json", new Finding(true, "bad.json", 1, 1, "", "broken"));
        Unit invalid =
                new Unit(
                        "inv.json",
                        "inv",
                        "I",
                        "",
                        "",
                        "",
                        List.of(),
                        List.of(),
                        0,
                        0,
                        List.of(new Finding(true, "inv.json", 1, 1, "", "wrong")));
        LearningOrder order =
                Ordering.of(
                        List.of(
                                broken,
                                invalid,
                                unit("a", "A", "beginner", "gone", "inv"),
                                at("z.json", unit("a", "Other", "beginner"))));

        assertEquals(List.of("a"), ids(order));
        assertEquals(
                List.of(
                        new Missing("a", "a.json", "gone", "no document has this id"),
                        new Missing(
                                "a",
                                "a.json",
                                "inv",
                                "the document with this id is not valid: inv.json")),
                order.missing());
        assertEquals(List.of(new Duplicate("a", List.of("a.json", "z.json"))), order.duplicates());
    }

    @Test
    public void nothingAtAll() {
        assertEquals(List.of(), Ordering.of(List.of()).places());
    }

    /** Every unit is placed once, after its prerequisites but for those that a reported cycle ignores. */
    @Test
    public void anyGraphIsOrderedAndTheOrderOfTheInputDoesNotMatter() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int n = 1 + random.nextInt(25);
            List<Unit> units = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Set<String> before = new HashSet<>();
                for (int k = random.nextInt(4); k > 0; k--) {
                    before.add("u" + random.nextInt(n));
                }
                units.add(
                        unit(
                                "u" + i,
                                "T" + random.nextInt(5),
                                random.nextBoolean() ? "beginner" : "expert",
                                before.stream().sorted().toArray(String[]::new)));
            }
            LearningOrder order = Ordering.of(units);
            check(seed, units, order);

            Collections.shuffle(units, random);
            assertEquals("seed " + seed, order, Ordering.of(units));
        }
    }

    private static void check(int seed, List<Unit> units, LearningOrder order) {
        Set<String> placed = new HashSet<>();
        int ignored = 0;
        for (Place place : order.places()) {
            Unit unit =
                    units.stream().filter(u -> u.id().equals(place.id())).findFirst().orElseThrow();
            assertTrue("seed " + seed, placed.containsAll(place.prerequisites()));
            assertTrue("seed " + seed, unit.prerequisites().containsAll(place.prerequisites()));
            assertTrue("seed " + seed, placed.add(place.id()));
            ignored += unit.prerequisites().size() - place.prerequisites().size();
        }
        assertEquals("seed " + seed, units.size(), placed.size());
        assertEquals("seed " + seed, order.cycles().size(), ignored);
        for (List<String> cycle : order.cycles()) {
            for (int i = 0; i + 1 < cycle.size(); i++) {
                String id = cycle.get(i);
                Unit unit = units.stream().filter(u -> u.id().equals(id)).findFirst().orElseThrow();
                assertTrue("seed " + seed, unit.prerequisites().contains(cycle.get(i + 1)));
            }
        }
    }

    private static List<String> ids(LearningOrder order) {
        return order.places().stream().map(Place::id).toList();
    }

    private static Unit unit(String id, String title, String difficulty, String... before) {
        return new Unit(
                id + ".json",
                id,
                title,
                "",
                difficulty,
                "",
                List.of(),
                List.of(before),
                0,
                1,
                List.of());
    }

    private static Unit at(String path, Unit u) {
        return new Unit(
                path,
                u.id(),
                u.title(),
                "",
                u.difficulty(),
                "",
                List.of(),
                u.prerequisites(),
                0,
                1,
                List.of());
    }
}
