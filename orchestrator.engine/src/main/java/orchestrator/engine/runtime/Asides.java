package orchestrator.engine.runtime;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orchestrator.api.state.Append;
import orchestrator.api.state.AppendOutcome;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.NodeFencedException;
import orchestrator.api.state.StateBackend;
import orchestrator.api.state.StateUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that cannot go on here and are put aside: each is written again, with what the store has of it by then, until
 * the store has taken it. Else a run would stay this node's, and in nobody's memory. Thread safe.
 */
final class Asides {
    private static final Logger LOG = LoggerFactory.getLogger(Asides.class);
    private static final int PAGE = 1000;

    private final RunContext context;
    private final WritePath writes;
    private final Map<String, Aside> refused = new ConcurrentHashMap<>();

    private record Aside(Append append, long incarnation, int tries) {
        Aside with(Append newer) {
            return new Aside(newer, incarnation, tries + 1);
        }

        /** Each would fill the log. */
        boolean isToBeLogged() {
            return Integer.bitCount(tries) == 1;
        }
    }

    Asides(RunContext context, WritePath writes) {
        this.context = context;
        this.writes = writes;
    }

    /** Puts a run aside with an append that gives it up. */
    void put(Append append) {
        write(new Aside(append, context.store().incarnation(), 1));
    }

    private void write(Aside aside) {
        writes.append(aside.append, false, settlement -> settled(aside, settlement));
    }

    private void settled(Aside aside, Writer.Settlement settlement) {
        AppendOutcome outcome = settlement.outcome();
        String run = aside.append.run();
        if (outcome == AppendOutcome.APPENDED || outcome == AppendOutcome.FENCED) {
            LOG.debug("Run {} was put aside: {}", run, outcome);
            return;
        }
        if (outcome != AppendOutcome.MAIL && aside.isToBeLogged()) {
            LOG.error(
                    "Run {} could not be put aside at try {} and stays where nobody drives it; the next try follows: {}",
                    run,
                    aside.tries,
                    outcome == null ? settlement.failure().getMessage() : outcome);
        }
        refused.put(run, aside);
    }

    /** Writes those again that the store has not taken; on the threads of runs. */
    void settle() {
        for (String run : List.copyOf(refused.keySet())) {
            Aside aside = refused.remove(run);
            if (aside != null && !context.store().isOver(aside.incarnation)) {
                context.executor().execute(() -> again(aside));
            }
        }
    }

    private void again(Aside aside) {
        try {
            write(aside.with(renewed(aside.append)));
        } catch (NodeFencedException e) {
            LOG.debug("Run {} is not this node's any more", aside.append.run(), e);
        } catch (StateUnavailableException e) {
            refused.put(aside.append.run(), aside);
        } catch (RuntimeException e) {
            if (aside.isToBeLogged()) {
                LOG.error(
                        "What the store has of run {} cannot be read; the next try to put it aside follows",
                        aside.append.run(),
                        e);
            }
            refused.put(aside.append.run(), aside.with(aside.append));
        }
    }

    /** The same append by somebody who has seen what came meanwhile. */
    private Append renewed(Append append) {
        StateBackend backend = context.store().backend();
        long seen =
                backend.mail(context.store().lease()).stream()
                        .filter(message -> message.run().equals(append.run()))
                        .mapToLong(Mail::number)
                        .max()
                        .orElse(0);
        return new Append(
                append.run(),
                append.epoch(),
                context.ids().get(),
                append.entries(),
                lastSequence(backend, append.run(), append.lastSequence()),
                append.consumed(),
                Math.max(seen, append.inboxSeen()),
                append.summary(),
                append.release());
    }

    /** The number of a journal's last entry, which is near a number that was assumed. */
    private static long lastSequence(StateBackend backend, String run, long assumed) {
        long last = assumed;
        while (true) {
            List<Entry> page = backend.journal(run, last + 1, PAGE);
            if (page.isEmpty()) {
                break;
            }
            last = page.get(page.size() - 1).sequence();
        }
        long low = 0;
        while (low < last) { // there is none after last; one after low, unless low is the answer
            long middle = low + (last - low + 1) / 2;
            if (backend.journal(run, middle, 1).isEmpty()) {
                last = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** None of them is this node's any more. */
    void clear() {
        refused.clear();
    }
}
