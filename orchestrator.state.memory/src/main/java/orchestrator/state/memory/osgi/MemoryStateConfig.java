package orchestrator.state.memory.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of the memory backend. */
@ObjectClassDefinition(
        name = "Orchestrator State: Memory",
        description = "The backend that lives in the heap. Nothing survives the process")
public @interface MemoryStateConfig {

    /** How many ended runs are kept, with at most 30 entries each on average. */
    @AttributeDefinition(
            name = "Finished runs kept",
            description =
                    "Ended runs beyond this number, and those beyond 30 entries for each of it, are deleted, first those that ended first",
            min = "0")
    int finished_runs_kept() default 10_000;
}
