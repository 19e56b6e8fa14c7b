package orchestrator.engine.runtime;

import java.util.List;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.StateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that gathers the writes of many runs into calls of the store. It takes what is there and never lingers for
 * company; while a call is on its way, the next batch collects. A run has one write on its way at a time
 * (but for a late one of a life that it has lost, see {@link WriteQueue}), so that it does not matter which writer takes it. A call that was not answered is repeated until it is
 * settled. A batch that fails for another reason is halved until the culprit stands alone.
 */
abstract class Writer<T extends WriteQueue.Write> implements Environment.Writing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long FIRST_PAUSE_NANOS = 50_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000L;

    /** What became of an append: an outcome, or why the store refused it. */
    record Settlement(AppendOutcome outcome, StateException failure) {}

    private final WriteQueue<T> queue;
    private final boolean first;
    private final Environment environment;
    private final Environment.Hand hand;
    private volatile boolean closed;

    /** The first writer takes whatever waits, the others only if many do. */
    Writer(WriteQueue<T> queue, boolean first, String name, Environment environment) {
        this.queue = queue;
        this.first = first;
        this.environment = environment;
        this.hand = environment.writer(name, this);
    }

    final void start() {
        hand.start();
    }

    /** Something is in its queue. */
    final void wake() {
        hand.wake();
    }

    /** Writes a batch, and tells what became of each of it; when closed it tries no more than once. */
    abstract void write(List<T> batch);

    /** Told of what is still queued when the writer has ended. */
    abstract void drop(List<T> queued);

    final boolean isClosed() {
        return closed;
    }

    /** What is queued at the moment, taken from the queue. */
    final List<T> takeQueued() {
        return queue.takeAll();
    }

    /** Leaves the store alone for a while; gives the next pause. */
    final long pause(long nanos) {
        environment.pause(nanos == 0 ? FIRST_PAUSE_NANOS : nanos);
        return nanos == 0 ? 2 * FIRST_PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, nanos * 2);
    }

    /** A backend's error that is none of the contract's: what it changed is not known, so it is settled as refused. */
    static StateException unexpected(Throwable e) {
        return e instanceof StateException known ? known : new StateException(e.toString(), e);
    }

    /** Ends the thread after the call that is on its way; what is still queued is dropped. */
    @Override
    public void close() {
        closed = true;
        hand.end();
    }

    @Override
    public final boolean turn() {
        if (closed) {
            drop(takeQueued());
            return false;
        }
        List<T> batch = first ? queue.takeNow() : queue.takeNowOfMany();
        if (!batch.isEmpty()) {
            write(batch);
        }
        return !batch.isEmpty();
    }

    @Override
    public final void work() {
        while (!closed) {
            try {
                write(first ? queue.takeSome() : queue.takeOfMany());
            } catch (InterruptedException e) { // closed, or a stray interrupt
                LOG.debug("A writer was interrupted", e);
            } catch (RuntimeException | Error e) { // without its writer no run would go on
                LOG.error("A writer met an error that nobody expected; it goes on", e);
            }
        }
        drop(takeQueued());
    }
}
