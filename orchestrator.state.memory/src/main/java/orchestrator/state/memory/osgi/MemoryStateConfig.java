package orchestrator.state.memory.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the memory backend. */
@ObjectClassDefinition(
        name = "Orchestrator State: Memory",
        description = "The backend that lives in the heap. Nothing survives the process")
public @interface MemoryStateConfig {

    /** How many ended runs are kept. */
    @AttributeDefinition(
            name = "Finished runs kept",
            description = "Ended runs beyond this number are deleted, first those that ended first",
            min = "0")
    int finished_runs_kept() default 10_000;
}
