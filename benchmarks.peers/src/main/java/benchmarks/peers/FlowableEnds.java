package benchmarks.peers;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.flowable.common.engine.api.delegate.event.AbstractFlowableEventListener;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEvent;
import org.flowable.common.engine.api.delegate.event.FlowableEvent;

/** Tells who waits for a process that its end is committed. */
final class FlowableEnds extends AbstractFlowableEventListener {
    private final Map<String, CompletableFuture<Void>> ends = new ConcurrentHashMap<>();

    /** The end of a process; asked for once, before or after it came. */
    CompletableFuture<Void> of(String process) {
        return ends.computeIfAbsent(process, id -> new CompletableFuture<>())
                .thenRun(() -> ends.remove(process));
    }

    @Override
    public void onEvent(FlowableEvent event) {
        String process = ((FlowableEngineEvent) event).getProcessInstanceId();
        ends.computeIfAbsent(process, id -> new CompletableFuture<>()).complete(null);
    }

    @Override
    public boolean isFireOnTransactionLifecycleEvent() {
        return true;
    }

    @Override
    public String getOnTransaction() {
        return "COMMITTED";
    }

    @Override
    public boolean isFailOnException() {
        return false;
    }
}
