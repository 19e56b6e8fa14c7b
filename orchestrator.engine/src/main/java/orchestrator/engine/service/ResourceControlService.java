package orchestrator.engine.service;

import java.time.Duration;
import orchestrator.api.run.ResourceControl;
import orchestrator.engine.runtime.Engine;

/** The {@link ResourceControl} of one node. */
public final class ResourceControlService implements ResourceControl {
    private final Engine engine;

    /** The service of an engine. */
    public ResourceControlService(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void enableTaskCaching(String taskName, Duration timeToLive) {
        engine.cache().keep(taskName, timeToLive);
    }
}
