package orchestrator.engine.runtime;

import java.util.List;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;
import orchestrator.engine.core.Command;

/**
 * A run that is to begin in this node's memory; room is taken for it.
 *
 * @param replayed its state, and the number of its last entry
 * @param inbox which of its messages were taken in
 * @param commands what it is told first
 * @param mail its messages that were not taken in
 * @param incarnation of the lease under which it is this node's
 */
record Arrival(
        RunSummary summary,
        long epoch,
        Journal.Replayed replayed,
        InboxMark inbox,
        List<Command> commands,
        List<Mail> mail,
        long incarnation) {}
