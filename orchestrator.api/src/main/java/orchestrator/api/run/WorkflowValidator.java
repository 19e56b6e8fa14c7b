package orchestrator.api.run;

import orchestrator.api.Workflow;
import org.osgi.annotation.versioning.ProviderType;

/** Says what registering a workflow would give, without registering it. Needs no store. Thread safe. */
@ProviderType
public interface WorkflowValidator {

    /**
     * Lets a workflow describe itself and compiles it, expressions too. What is wrong with it is a value:
     * {@link WorkflowInfo#problems}; what only is not there now, {@link WorkflowInfo#missingTasks}. Name, version, hash and
     * steps are empty if it is broken; it is never the current one, and comes from nowhere.
     */
    WorkflowInfo validate(Workflow workflow);
}
