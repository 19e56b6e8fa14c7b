package orchestrator.engine.graph;

import java.util.Map;

/**
 * How many failed items leave a {@code forEach} step going on: so many, or such a part of all.
 *
 * @param items how many
 * @param percent of all items, or null if a number counts
 */
public record FailedItemsRule(int items, Double percent) {
    private static final FailedItemsRule STOP = new FailedItemsRule(0, null);
    private static final FailedItemsRule CONTINUE = new FailedItemsRule(Integer.MAX_VALUE, null);
    private static final double ALL = 100;

    /** The rule that a document says, which may be nothing. */
    static FailedItemsRule of(Object spec) {
        if (spec instanceof Map<?, ?> map) {
            return map.get("atMost") instanceof String text
                    ? new FailedItemsRule(0, Double.valueOf(text.substring(0, text.length() - 1)))
                    : new FailedItemsRule(((Number) map.get("atMost")).intValue(), null);
        }
        return "continue".equals(spec) ? CONTINUE : STOP;
    }

    /** Whether so many failed items of all leave the step going on. */
    public boolean goesOn(int failed, int all) {
        return percent == null ? failed <= items : failed * ALL <= percent * all;
    }
}
