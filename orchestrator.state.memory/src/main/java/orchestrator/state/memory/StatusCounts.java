package orchestrator.state.memory;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunKind;
import orchestrator.api.state.RunSummary;

/** How many user runs there are in each status. Thread safe. */
final class StatusCounts {
    private final Map<RunStatus, LongAdder> counts = new EnumMap<>(RunStatus.class);

    StatusCounts() {
        for (RunStatus status : RunStatus.values()) {
            counts.put(status, new LongAdder());
        }
    }

    void added(RunSummary summary) {
        if (summary.kind() == RunKind.USER) {
            counts.get(summary.status()).increment();
        }
    }

    void removed(RunSummary summary) {
        if (summary.kind() == RunKind.USER) {
            counts.get(summary.status()).decrement();
        }
    }

    Map<RunStatus, Long> read() {
        Map<RunStatus, Long> numbers = new EnumMap<>(RunStatus.class);
        counts.forEach(
                (status, count) -> {
                    if (count.sum() > 0) {
                        numbers.put(status, count.sum());
                    }
                });
        return numbers;
    }
}
