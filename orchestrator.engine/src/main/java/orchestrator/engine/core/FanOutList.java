package orchestrator.engine.core;

import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;
import orchestrator.engine.graph.Payload;

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
            return error(cell.errorCode, cell.errorMessage).value();
        }
        return cell.output.value();
    }

    /** What stands in place of an output that is not there. */
    static Payload error(String code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        return Payload.ofTree(Map.of("error", error));
    }

    @Override
    public int size() {
        return items.length;
    }
}
