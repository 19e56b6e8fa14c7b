package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What is recorded of runs. Answers come from the store. Thread safe. */
@ProviderType
public interface StateManager {

    /**
     * The journal of a run.
     *
     * @param from the first entry wanted, counted from 1
     * @param limit how many at most, 1 to 10,000
     * @return empty if there is no such run or entry
     */
    List<HistoryEntry> getWorkflowHistory(String runId, long from, int limit);

    /**
     * Where a run stood after an entry of its journal.
     *
     * @param entry its number
     * @throws RefusedException {@code unknown-run}, {@code unknown-entry}, {@code damaged} (at that entry, or before),
     *     {@code store}
     */
    RunDetails getWorkflowHistory(String runId, long entry);

    /**
     * What happened to a run, and why it stands where it stands: always answered, also for a run that cannot be read.
     *
     * @throws RefusedException {@code unknown-run}, {@code store}
     */
    RunDebug debugWorkflow(String runId);

    /** What the tasks of a run logged, oldest first. */
    List<LogLine> getWorkflowLogs(String runId);

    /** The runs that fit, newest first. */
    Page<RunInfo> find(RunFilter filter);

    /** How many runs there are in each status; statuses without runs are there with 0. */
    Map<RunStatus, Long> count();
}
