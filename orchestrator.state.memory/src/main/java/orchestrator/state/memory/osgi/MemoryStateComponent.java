package orchestrator.state.memory.osgi;

import java.time.InstantSource;
import orchestrator.api.state.StateBackend;
import orchestrator.state.memory.MemoryStateBackend;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

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

    /** With its first configuration. */
    @Activate
    public MemoryStateComponent(MemoryStateConfig config) {
        super(InstantSource.system(), config.finished_runs_kept());
    }

    @Modified
    void modified(MemoryStateConfig config) {
        keepFinishedRuns(config.finished_runs_kept());
    }
}
