package orchestrator.engine.core;

import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;

/** The output of a completed {@code forEach} step: its items' outputs in order, each parsed when it is read. */
final class FanOutList extends AbstractList<Object> implements RandomAccess {
    private final Cell[] items;

    FanOutList(Cell[] items) {
        this.items = items;
    }

    @Override
    public Object get(int index) {
        Cell cell = items[index];
        if (cell.stage == Cell.Stage.FAILED) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", cell.errorCode);
            error.put("message", cell.errorMessage);
            return Map.of("error", error);
        }
        return cell.output.value();
    }

    @Override
    public int size() {
        return items.length;
    }
}
