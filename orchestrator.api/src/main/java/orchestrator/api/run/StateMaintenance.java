package orchestrator.api.run;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks after the store: finds damage, mends what can be derived, and clears away what is not needed any more. Runs go on
 * meanwhile; memory is bounded, however many runs there are. What is handed to a consumer comes on the calling thread,
 * as it is found. Calls are refused with {@link RefusedException} ({@code store}) if the store is away. Thread safe.
 */
@ProviderType
public interface StateMaintenance {

    /**
     * Compares all that is stored of all runs with what their journals say. Changes nothing. A run that moves while it is
     * looked at is looked at again.
     *
     * @param found is given each finding
     * @param progress is told now and then how many runs were looked at
     */
    CheckReport validateStateConsistency(Consumer<Finding> found, LongConsumer progress);

    /**
     * Mends what a check finds: what can be derived from journals is rebuilt; a run whose journal is damaged is put aside
     * and says why. Each run is taken like a node takes it, so that nobody else can write to it meanwhile; one that is
     * at work on a node is left alone.
     *
     * @param apply whether to do it; a dry run otherwise
     * @param repaired is given each finding with what became of it
     * @param progress is told now and then how many runs were looked at
     */
    CheckReport repairState(boolean apply, Consumer<Repair> repaired, LongConsumer progress);

    /**
     * Deletes runs that ended long ago, and reports or cancels those that stand still.
     *
     * @param cleaned is given each run that it is about
     * @return how many runs it was about
     */
    long cleanupStaleWorkflows(CleanupOptions options, Consumer<CleanedRun> cleaned);

    /** The nodes that are members of the store, by id. */
    List<NodeInfo> nodes();
}
