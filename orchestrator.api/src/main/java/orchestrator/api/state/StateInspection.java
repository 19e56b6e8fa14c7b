package orchestrator.api.state;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The part of a store that its contract hides: what it keeps twice, what it keeps for nobody, and a way to take one run
 * in order to mend it. Optional: a {@link StateBackend} that has something to tell implements it too. Blocking, thread
 * safe; reading never holds up a run. Failures are those of the backend.
 */
@ProviderType
public interface StateInspection {

    /** The nodes that the store knows as members, expired ones too, by id. */
    List<MemberState> members();

    /** The member whose run it is, an expired one too; empty if it is nobody's, or there is no such run. */
    Optional<MemberState> owner(String run);

    /**
     * Where the store contradicts itself about some runs: owners that can never be fenced, inboxes, snapshots, and what
     * runs are found by. Each run is seen as of one moment. Nothing for runs that do not exist.
     */
    List<Flaw> flaws(Collection<String> runs);

    /**
     * What is stored for runs that do not exist, by run. Start keys that outlive their deleted runs are no flaws.
     *
     * @param after the run after which the list begins; empty for the first
     * @param limit for how many runs at most
     */
    List<Flaw> strays(String after, int limit);

    /**
     * Removes strays, as far as they still are, except journals: what happened is never thrown away.
     *
     * @return how many of them were removed
     */
    int discard(Collection<Flaw> strays);

    /**
     * Takes one run to be mended: any that exists, ended or not, unless its owner's lease is not over. The run is then
     * this node's, with a new epoch, until an append releases it; no other claim tells of it. What the store counts
     * itself is counted anew: the inbox's tail, the claims without a durable append. A snapshot that is newer than the
     * journal is dropped.
     *
     * @return empty if there is no such run, or it has an owner who may still write
     * @throws NodeFencedException if the lease is over
     */
    Optional<ClaimedRun> take(NodeLease node, String run);
}
