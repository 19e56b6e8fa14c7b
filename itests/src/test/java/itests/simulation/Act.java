package itests.simulation;

/**
 * Something that happens to a simulation from outside.
 *
 * @param at when, in milliseconds; for those that come with a call of the store, with the how manieth
 * @param kind what happens
 * @param node to which node
 * @param what to which workflow, run or task, by its place
 * @param millis for how long
 */
record Act(long at, Kind kind, int node, int what, long millis) {

    /** What happens. */
    enum Kind {
        /** A run is started; {@code what} is the workflow. */
        START,
        /** A run is started with a start key that others may have too. */
        START_KEYED,
        /** An operator holds a run; {@code what} is the start. */
        PAUSE,
        /** An operator lets it go on. */
        RESUME,
        /** An operator ends it, at once or after what was done is undone. */
        CANCEL,
        /** An operator lets it go on where it failed, once it has. */
        RERUN,
        /** An operator lets it go on with another definition. */
        MIGRATE,
        /** Somebody sends a run a signal, perhaps not for the first time. */
        SIGNAL,
        /** The process is killed, and started again later. */
        CRASH,
        /** The process ends in good order, and is started again later. */
        STOP,
        /** The process stands still, and goes on as if nothing had been. */
        FREEZE,
        /** The node's clock goes forward at once. */
        JUMP,
        /** The store does not answer this node; some of what it asks for happens nevertheless. */
        CUT,
        /** The store does not answer this node's writes, but all else that it asks for. */
        MUTE,
        /** The store answers nobody. */
        OUTAGE,
        /** Another process took the node's name: its lease is over. */
        FENCE,
        /** The backend's service goes, and comes again. */
        DETACH,
        /** A task goes from the node, and comes again. */
        UNDEPLOY,
        /** A workflow goes from the node, and comes again. */
        UNREGISTER,
        /** A message that was posted before comes once more, from somebody else. */
        ECHO,
        /** The process is killed as it calls: the write does not arrive. */
        CRASH_BEFORE_WRITE(true),
        /** The process is killed after the store has written, before it hears of it. */
        CRASH_AFTER_WRITE(true),
        /** The store writes, and the answer is lost. */
        WRITE_UNANSWERED(true),
        /** The write does not arrive. */
        WRITE_LOST(true),
        /** The write arrives much later than the caller gives it up. */
        WRITE_LATE(true),
        /** The answer to any call is lost. */
        CALL_UNANSWERED(true);

        private final boolean onCall;

        Kind() {
            this(false);
        }

        Kind(boolean onCall) {
            this.onCall = onCall;
        }

        /** Whether it comes with a call of the store, not at a time. */
        boolean isOnCall() {
            return onCall;
        }

        boolean isStart() {
            return this == START || this == START_KEYED;
        }
    }

    @Override
    public String toString() {
        return (kind.isOnCall() ? "call %4d  " : "%6d ms ").formatted(at)
                + "%s node %d, %d, for %d ms".formatted(kind, node, what, millis);
    }
}
