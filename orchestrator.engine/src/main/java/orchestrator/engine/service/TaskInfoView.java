package orchestrator.engine.service;

import java.util.List;
import java.util.Optional;
import orchestrator.api.run.TaskInfo;

/** A task as it is at one moment. */
record TaskInfoView(
        String name,
        String version,
        String bundle,
        int running,
        List<String> complaints,
        Optional<String> problem)
        implements TaskInfo {}
