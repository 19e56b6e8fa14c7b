package orchestrator.state.memory;

import java.util.ArrayDeque;
import java.util.List;
import orchestrator.api.run.LogLine;
import orchestrator.api.state.Logs;

/** The newest log lines of one run. Thread safe. */
final class RunLog {
    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private long dropped;

    synchronized void add(List<LogLine> added, int keep) {
        lines.addAll(added);
        while (lines.size() > keep) {
            lines.removeFirst();
            dropped++;
        }
    }

    synchronized Logs read() {
        return new Logs(List.copyOf(lines), dropped);
    }
}
