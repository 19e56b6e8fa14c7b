package orchestrator.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A definition of steps, registered as an OSGi service with a {@link WorkflowName}. It is described once, when the
 * service appears; runs keep the definition that they started with.
 */
@ConsumerType
@FunctionalInterface
public interface Workflow {

    /**
     * Writes the definition.
     *
     * @param builder already carries the name; used on the calling thread only, and not after this method returns
     * @throws RuntimeException the workflow is then listed as broken, with the message
     */
    void describe(WorkflowBuilder builder);
}
