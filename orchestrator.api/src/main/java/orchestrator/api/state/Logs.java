package orchestrator.api.state;

import java.util.List;
import orchestrator.api.run.LogLine;

/**
 * The log of a run.
 *
 * @param lines the kept lines, oldest first
 * @param dropped how many were dropped
 */
public record Logs(List<LogLine> lines, long dropped) {
    public Logs {
        lines = List.copyOf(lines);
    }
}
