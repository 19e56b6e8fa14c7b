package orchestrator.engine.graph;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class InputSpecTest {
    private static final InputSpec SPEC =
            new InputSpec(
                    List.of("path"),
                    Map.of(
                            "path", Map.of("type", "string"),
                            "count", Map.of("type", "integer", "default", 3L),
                            "rate", Map.of("type", "number"),
                            "on", Map.of("type", "boolean"),
                            "list", Map.of("type", "array"),
                            "map", Map.of("type", "object")));

    @Test
    public void whatIsMissingIsFilledIn() {
        assertEquals(Map.of("path", "p", "count", 3L), SPEC.complete(Map.of("path", "p")));
        assertEquals(9L, SPEC.complete(Map.of("path", "p", "count", 9L)).get("count"));
    }

    @Test
    public void everythingThatIsWrongIsSaidAtOnce() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SPEC.complete(Map.of("count", 1.5, "on", "yes", "pth", 1L)));
        assertTrue(e.getMessage(), e.getMessage().contains("'path', but it is missing"));
        assertTrue(e.getMessage(), e.getMessage().contains("'count' to be of type integer"));
        assertTrue(e.getMessage(), e.getMessage().contains("'on' to be of type boolean"));
        assertTrue(e.getMessage(), e.getMessage().contains("found 'pth'"));
    }

    @Test
    public void aNullIsMissingWhereAValueIsRequired() {
        Map<String, Object> input = new HashMap<>();
        input.put("path", null);
        assertThrows(IllegalArgumentException.class, () -> SPEC.complete(input));
    }

    @Test
    public void wholeNumbersMayBeWrittenInManyWays() {
        for (Object whole :
                List.of(1L, 2.0, new BigDecimal("1e30"), new BigDecimal("1e999999999"))) {
            assertEquals(whole, SPEC.complete(Map.of("path", "p", "count", whole)).get("count"));
        }
        for (Object other : List.of(new BigDecimal("0.1"), Double.NaN, "1")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SPEC.complete(Map.of("path", "p", "count", other)));
        }
    }

    @Test
    public void delaysGrowUpToTheirLimitAndNeverOverflow() {
        Retry retry = new Retry(9, Duration.ofSeconds(2), 3, Duration.ofSeconds(20), 0.5);
        assertEquals(Duration.ofSeconds(2), retry.delayAfter(1, 0));
        assertEquals(Duration.ofSeconds(6), retry.delayAfter(2, 0));
        assertEquals(Duration.ofSeconds(3), retry.delayAfter(2, 1));
        assertEquals(Duration.ofSeconds(20), retry.delayAfter(4, 0));
        assertEquals(Duration.ofSeconds(15), retry.delayAfter(1_000_000, 0.5));
        Retry none = new Retry(9, Duration.ZERO, 1e300, Duration.ofDays(36_500), 1);
        assertEquals(Duration.ZERO, none.delayAfter(100, 1));
    }
}
