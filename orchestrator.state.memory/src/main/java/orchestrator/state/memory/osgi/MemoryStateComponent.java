package orchestrator.state.memory.osgi;

import java.time.InstantSource;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory backend as a service. A change of its configuration keeps what is stored; so does the absence of users,
 * which is why it is immediate: a delayed component, and the store with it, goes with its last user.
 */
@Component(
        immediate = true,
        service = StateBackend.class,
        configurationPid = "orchestrator.state.memory",
        property = {
            StateBackend.STATE_NAME + "=memory",
            StateBackend.STATE_DURABLE + ":Boolean=false"
        })
@Designate(ocd = MemoryStateConfig.class)
public final class MemoryStateComponent extends MemoryStateBackend {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryStateComponent.class);

    /** With its first configuration. */
    @Activate
    public MemoryStateComponent(MemoryStateConfig config) {
        super(InstantSource.system(), config.finished_runs_kept());
        LOG.warn(
                "Runs are kept in memory only: they are lost when this process ends, and when this bundle or the API is"
                        + " stopped, updated or refreshed; feature:install orchestrator-jdbc brings a store that keeps them");
    }

    @Modified
    void modified(MemoryStateConfig config) {
        keepFinishedRuns(config.finished_runs_kept());
    }

    /** Says what is lost now. */
    @Deactivate
    void leave() {
        String loss = loss(count());
        if (!loss.isEmpty()) {
            LOG.warn(loss);
        }
    }

    /** What goes with a store that holds so many runs; empty if that is nothing. */
    static String loss(Map<RunStatus, Long> runs) {
        long ended = 0;
        long all = 0;
        for (Map.Entry<RunStatus, Long> status : runs.entrySet()) {
            all += status.getValue();
            ended += status.getKey().isFinal() ? status.getValue() : 0;
        }
        return all == 0
                ? ""
                : "The store in memory goes, and with it all that is known of %,d runs, %,d of which had not ended"
                        .formatted(all, all - ended);
    }
}
