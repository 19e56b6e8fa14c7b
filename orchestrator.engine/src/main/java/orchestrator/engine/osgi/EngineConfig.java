package orchestrator.engine.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code orchestrator.engine}. All of it can be changed live but what is marked. */
@ObjectClassDefinition(
        id = EngineConfig.PID,
        name = "Orchestrator engine",
        description = "Decides what runs do next, and does it")
public @interface EngineConfig {
    /** The configuration's PID. */
    String PID = "orchestrator.engine";

    /** How many runs with ready or running work this node takes. */
    @AttributeDefinition(description = "Runs with ready or running work on this node", min = "1")
    int max_concurrent_workflows() default 50;

    /** How many attempts may be in progress on this node. */
    @AttributeDefinition(description = "Attempts in progress on this node", min = "1")
    int max_concurrent_tasks() default 100;

    /** How many attempts at a task may be in progress on this node: {@code name=number} each. */
    @AttributeDefinition(
            description =
                    "Attempts at a task in progress on this node: name=number, parted by commas")
    String[] task_limits() default {};

    /** The longest time of an attempt whose step gives no timeout, in seconds. */
    @AttributeDefinition(description = "Seconds; attempts of steps without a timeout", min = "1")
    long task_timeout() default 300;

    /** How often a step without a retry policy is tried in all. */
    @AttributeDefinition(description = "Attempts in all, of steps without retry", min = "1")
    int retry_attempts() default 3;

    /** The wait between attempts of a step without a retry policy, in seconds. */
    @AttributeDefinition(
            description = "Seconds; between attempts of steps without retry",
            min = "0")
    long retry_delay() default 5;

    /** How long the attempts of a leaving plugin may go on, in seconds. */
    @AttributeDefinition(description = "Seconds; for attempts of a leaving plugin", min = "0")
    long drain_time() default 5;

    /** How many log lines of a run are kept. */
    @AttributeDefinition(description = "Log lines kept for a run", min = "0")
    int log_lines() default 1000;

    /** The name of the store to use; empty for the one durable store that is there. Needs a restart of the engine. */
    @AttributeDefinition(
            name = "state.name",
            description = "The store: jdbc, memory, …; empty: the durable one. Restarts the engine")
    String state_name() default "";

    /** This node's id; empty for one that is made up once and kept. Needs a restart of the engine. */
    @AttributeDefinition(
            name = "node.id",
            description = "This node's id; empty: made up once and kept. Restarts the engine")
    String node_id() default "";

    /** How long this node's lease lasts without a heartbeat, in seconds. Needs a restart of the engine. */
    @AttributeDefinition(
            name = "node.lease",
            description =
                    "Seconds; how soon others take over from a dead node. Restarts the engine",
            min = "1")
    long node_lease() default 10;

    /**
     * How many threads write to a durable store; those after the first do so only while much waits. Needs a restart of the
     * engine.
     */
    @AttributeDefinition(
            description = "Threads that write. Restarts the engine",
            min = "1",
            max = "16")
    int writers() default 2;
}
