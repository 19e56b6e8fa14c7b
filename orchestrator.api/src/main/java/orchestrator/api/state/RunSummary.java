package orchestrator.api.state;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunStatus;

/**
 * What a store knows about a run beside its journal: what is searched and listed. Instants are to the microsecond.
 *
 * @param id the run's id, 1 to 64 visible ASCII characters. What stands before its first dot is its placement: the same for runs
 *     with the same workflow and start key, and for a run and its children, so that a store of many shards keeps
 *     together what it writes together
 * @param kind whose run it is
 * @param workflow the workflow's name
 * @param definitionHash the hash of the definition that it started with
 * @param version the version of that definition
 * @param status where it stands
 * @param reason why it does not go on right now, or null
 * @param wakeAt when it is due although nothing happens, or null
 * @param waitKeys what it waits for: {@code task:x}, {@code signal:y}
 * @param priority higher is claimed first
 * @param labels given at its start
 * @param progress 0 to 100
 * @param created when it was accepted
 * @param started when its first attempt was scheduled, or null
 * @param ended when it ended, or null
 * @param parent the run that started it, or null
 * @param origin the run that it is a rerun of, or null
 * @param error why it failed, at most 4 KiB, or null
 */
public record RunSummary(
        String id,
        RunKind kind,
        String workflow,
        String definitionHash,
        String version,
        RunStatus status,
        Reason reason,
        Instant wakeAt,
        Set<String> waitKeys,
        int priority,
        Map<String, String> labels,
        int progress,
        Instant created,
        Instant started,
        Instant ended,
        String parent,
        String origin,
        String error) {

    public RunSummary {
        waitKeys = Set.copyOf(waitKeys);
        labels = Map.copyOf(labels);
    }
}
