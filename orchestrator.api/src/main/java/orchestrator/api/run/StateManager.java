package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What is recorded of runs. Answers come from the store. Thread safe. */
@ProviderType
public interface StateManager {

    /**
     * Keeps values with a run that goes on, for whoever steers it; never its status. Each replaces the value of that name;
     * null removes it. All values of a run together have at most 2 MiB as JSON.
     *
     * @param values trees of null, Boolean, String, Number, List and Map
     * @throws RefusedException {@code input}, {@code store}
     */
    CommandResult saveWorkflowState(String runId, Map<String, ?> values);

    /**
     * The values that were kept with a run, after its end too.
     *
     * @throws RefusedException {@code unknown-run}, {@code damaged}, {@code store}
     */
    Map<String, Object> loadWorkflowState(String runId);

    /**
     * Says how far a run has come, in place of what its finished steps say, until it completes.
     *
     * @param percent 0 to 100
     * @param message for people; shown as {@link RunDetails#message}
     * @throws RefusedException {@code store}
     */
    CommandResult updateWorkflowProgress(String runId, int percent, String message);

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
