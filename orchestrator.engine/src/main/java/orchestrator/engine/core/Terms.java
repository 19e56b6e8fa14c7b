package orchestrator.engine.core;

import orchestrator.engine.graph.Expression;
import orchestrator.engine.graph.Payload;
import orchestrator.engine.graph.Step;

/**
 * What a run was started with, and what migrations have changed of it.
 *
 * @param created how it was created
 * @param migration the newest, or null
 */
public record Terms(Fact.RunCreated created, Fact.RunMigrated migration) {
    /** The hash of the run's definition. */
    public String definition() {
        return migration == null ? created.definition() : migration.definition();
    }

    /** The version of its definition. */
    String workflowVersion() {
        return migration == null ? created.workflowVersion() : migration.workflowVersion();
    }

    /** What the run was started with. */
    public Payload input() {
        return migration == null ? created.input() : migration.input();
    }

    /** The input of a step's attempts: that of its definition, and what a rerun changes in it. */
    public Expression input(Step step) {
        Fact.Origin origin = created.origin();
        Payload changed = origin == null ? null : origin.inputs().get(step.name());
        return changed == null ? step.input() : new PatchedInput(step.input(), changed);
    }

    /** The run that idempotency keys name: the first of all that followed each other as reruns, itself else. */
    public String keysOf(String run) {
        return created.origin() == null ? run : created.origin().first();
    }

    /** How many attempts the run may have in flight at once, or null if that has no limit. */
    Integer concurrency() {
        return created.concurrency();
    }
}
