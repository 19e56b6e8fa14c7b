package orchestrator.definitions;

import java.util.List;
import orchestrator.api.SourceMap;

/** Finds values in the file that they were read from; of what is not there, the nearest that holds it. */
record FileSourceMap(String file, Spot root) implements SourceMap {

    @Override
    public String locate(List<Object> path) {
        Spot at = root;
        for (Object key : path) {
            Spot child = at.child(key);
            if (child == null) {
                break;
            }
            at = child;
        }
        return at.in(file).toString();
    }
}
