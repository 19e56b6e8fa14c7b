package orchestrator.api.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import orchestrator.api.run.LogLine;
import orchestrator.api.run.RunStatus;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A store of runs: journals, summaries, inboxes and definitions as opaque bytes, and the leases that say which node may
 * advance which run. Blocking, batched, thread safe.
 *
 * <p><b>Durable.</b> Unless the backend {@linkplain #isVolatile() is volatile}, what a call did survives a power loss
 * once the call has returned.
 *
 * <p><b>Failures.</b> {@link StateUnavailableException} means that the store did not answer: the call may or may not
 * have taken effect, and repeating it with the same arguments settles it. Any other {@link StateException} means that
 * the call changed nothing. {@link NodeFencedException} means that the node's lease is over. Results are in the order of
 * the arguments, one for each; the items of a batch succeed or fail on their own.
 *
 * <p><b>Time</b> is the store's own clock, never that of the calling node.
 *
 * <p><b>Leases.</b> A lease is <i>over</i> once it was fenced: the node entered again or left, or another node's claim
 * took it over after its duration had passed without a heartbeat. A lease that has only expired still counts.
 *
 * <p><b>Text</b> may hold any character, U+0000 and halves of surrogate pairs too, and is compared as it is; ids are
 * ordered by their ASCII codes.
 *
 * <p><b>Fencing.</b> After {@link #claim} has returned a run, no append with an older epoch of that run can become
 * visible, even if it began before.
 */
@ProviderType
public interface StateBackend {

    /** Service property: the short name of the backend, for example {@code jdbc}. */
    String STATE_NAME = "state.name";

    /** Service property (Boolean): whether what it stores survives the process. */
    String STATE_DURABLE = "state.durable";

    /**
     * Whether nothing survives the process. The calls of a volatile backend return quickly, and it keeps
     * {@link Entry} objects as they are.
     */
    boolean isVolatile();

    // -- nodes
    // ------------------------------------------------------------------------------------------------------

    /**
     * Makes a node a member. A former incarnation of the same node is fenced at once, and its runs can be claimed.
     *
     * @param node the node's persisted id, 1 to 128 characters
     * @param lease how long the membership lasts without a {@link #heartbeat}, at least one second
     */
    NodeLease enter(String node, Duration lease);

    /**
     * Prolongs a membership by its duration, from the store's present time.
     *
     * @throws NodeFencedException if the lease has been taken over, or the node has entered again. A lease that expired
     *     and was not taken over is prolonged
     */
    NodeLease heartbeat(NodeLease node);

    /**
     * Ends a membership: its runs can be claimed at once by others. Leaving twice, or with a fenced lease, changes
     * nothing.
     */
    void leave(NodeLease node);

    /** The nodes that entered and neither left nor were taken over, by id. */
    List<NodeLease> nodes();

    // -- runs
    // -------------------------------------------------------------------------------------------------------

    /**
     * Takes runs to be advanced by this node, and raises the epoch of each: runs without an owner that are due (their
     * {@code wakeAt} has come, or they have unread inbox messages: newer than {@link Append#inboxSeen} of the append
     * that released them); runs without an owner that wait for one of the given keys; and all runs of fenced leases,
     * whatever they wait for. The expired leases of other nodes are fenced first. Higher priority first, then the
     * longest due. Runs that have ended are never claimed. A claim may pass over runs that another call holds at that
     * moment, and may tell once more of runs that this node has claimed and still owns, with the epoch that they have.
     *
     * @param limit how many at most; 0 only asks for {@link Claims#nextWakeAt}. If as many were claimed, more may wait
     * @param waitKeys keys whose condition holds now, such as {@code task:mail.send}
     * @throws NodeFencedException if the lease is over
     */
    Claims claim(NodeLease node, int limit, Collection<String> waitKeys);

    /**
     * Stores new runs with their first entries. Repeating the same run id changes nothing and answers
     * {@link CreateOutcome.Kind#CREATED}, whatever has become of the run, unless it was deleted. A
     * start key and its run are written together: if the key exists with the same input hash the answer is
     * {@link CreateOutcome.Kind#EXISTS} and the id of its run; with another input hash
     * {@link CreateOutcome.Kind#KEY_CONFLICT}.
     *
     * @param node the owner of those runs that ask for one. All begin with epoch 1, so that who believes to own a run
     *     that was stored without an owner is fenced once it is claimed
     * @throws NodeFencedException if the lease is over and a run asks for an owner. Nothing was created if it was over
     *     before the call; if it ended meanwhile, runs of the batch may be stored, and have no owner: repeating the call
     *     with another lease settles it
     */
    List<CreateOutcome> create(NodeLease node, List<NewRun> runs);

    /**
     * Adds entries to journals of owned runs. At most one append for a run in one batch.
     *
     * <p>Each is checked in this order: the newest append of that run had the same append id and epoch:
     * {@link AppendOutcome#APPENDED}, changing nothing, also when the run has no owner any more; not owned by this
     * lease with this epoch: {@link AppendOutcome#FENCED}; the journal's last sequence is not the one before the first
     * new entry: {@link AppendOutcome#CONFLICT}; it releases or ends the run and a message newer than
     * {@link Append#inboxSeen} was posted: {@link AppendOutcome#MAIL}. Otherwise all of it takes effect at once:
     * entries added, consumed messages removed, the summary replaced if there is one, the run released if asked for or
     * ended.
     *
     * <p>When another node has claimed the run, a repetition may be fenced although the append took effect; the
     * journal tells.
     */
    List<AppendOutcome> append(NodeLease node, List<Append> appends);

    // -- inbox
    // ------------------------------------------------------------------------------------------------------

    /**
     * Puts messages into inboxes, each with the next number of its run, from 1. A message id that the run has seen
     * before, consumed or not, is answered with the first answer's number and changes nothing, also when the run has
     * ended meanwhile. A message makes an unowned run due. Runs
     * that have ended take none.
     */
    List<PostOutcome> post(List<Post> messages);

    /**
     * The messages that were posted to runs of this node and not consumed, by run and number.
     *
     * @throws NodeFencedException if the lease is over
     */
    List<Mail> mail(NodeLease node);

    // -- reading
    // ----------------------------------------------------------------------------------------------------

    /**
     * Entries of a journal in order, from a sequence on; empty if there are none.
     *
     * @param limit how many at most, at least 1; a backend may return fewer, but at least one if there is one
     */
    List<Entry> journal(String run, long from, int limit);

    /** The summaries of those of the given runs that exist, in no particular order. */
    List<RunSummary> summaries(Collection<String> runs);

    /** The runs that fit, newest first (by created, then id, both descending). */
    SummaryPage find(RunQuery query);

    /** How many user runs there are in each status; statuses without runs may be missing. */
    Map<RunStatus, Long> count();

    // -- what goes beside the journal
    // -------------------------------------------------------------------------------

    /** Keeps a snapshot of a run's state in place of an older one. A cache: it may be gone at any time. */
    void saveSnapshot(String run, Snapshot snapshot);

    /** The snapshot kept last, if it is still there. */
    Optional<Snapshot> snapshot(String run);

    /** Stores a definition under the hash of its bytes; storing it again changes nothing. Never deleted. */
    void putDefinition(String hash, byte[] document);

    /** The definition with that hash. */
    Optional<byte[]> definition(String hash);

    /**
     * Adds words to the one set that all nodes of a store share, and tells the whole set. It only grows, and stays small:
     * its words are few, and none is longer than 1,000 characters.
     *
     * @param words what to add; nothing if a node only wants to know
     */
    Set<String> share(Collection<String> words);

    /**
     * Adds log lines to a run. Not fenced. Of more than {@code keep} lines of one run the oldest are dropped and
     * counted.
     *
     * @param keep how many lines of one run are kept at most
     */
    void log(String run, List<LogLine> lines, int keep);

    /** What was logged for a run, oldest first, and how much was dropped. */
    Logs logs(String run);

    /**
     * Deletes ended runs with all that belongs to them but their start keys, and start keys of deleted runs whose time
     * is up.
     *
     * @param endedBefore runs that ended before this time; none ends before its creation
     * @param statuses only runs in these statuses; final ones
     * @param keysBefore start keys whose run ended before this time go too
     * @param limit how many runs at most
     * @return the ids of the runs that were deleted
     */
    List<String> delete(
            Instant endedBefore, Collection<RunStatus> statuses, Instant keysBefore, int limit);
}
