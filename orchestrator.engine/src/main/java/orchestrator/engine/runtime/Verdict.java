package orchestrator.engine.runtime;

import java.util.Set;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;

/** What a fact of a journal says of a command: whether the run followed it. */
final class Verdict {
    private static final Set<String> TELLING =
            Set.of(
                    "RunPaused",
                    "RunResumed",
                    "RunMigrated",
                    "RunCancelling",
                    "RunCancelled",
                    "SignalReceived",
                    "StateSaved",
                    "ProgressNoted",
                    "CommandRefused");

    private Verdict() {}

    /** Whether facts of that type say something of commands. */
    static boolean isIn(String type) {
        return TELLING.contains(type);
    }

    /** Empty if the command was followed, or why it was refused; null if the fact does not say. */
    static String of(Command command, Fact fact) {
        if (fact instanceof Fact.CommandRefused refused) {
            return isOf(refused, command) ? refused.why() : null;
        }
        return follows(fact, command) ? "" : null;
    }

    private static boolean isOf(Fact.CommandRefused refused, Command command) {
        return command instanceof Command.Signal signal
                ? signal.id().equals(refused.id())
                : refused.command().equals(command.getClass().getSimpleName());
    }

    private static boolean follows(Fact fact, Command command) {
        if (command instanceof Command.Signal signal) {
            return fact instanceof Fact.SignalReceived received
                    && received.id().equals(signal.id());
        } else if (command instanceof Command.SaveState save) {
            return fact instanceof Fact.StateSaved saved && saved.values().equals(save.values());
        } else if (command instanceof Command.NoteProgress note) {
            return new Fact.ProgressNoted(note.percent(), note.message()).equals(fact);
        } else if (command instanceof Command.Migrate migrate) {
            return fact instanceof Fact.RunMigrated migrated
                    && migrated.definition().equals(migrate.definition());
        } else if (command instanceof Command.Cancel) {
            return fact instanceof Fact.RunCancelling || fact instanceof Fact.RunCancelled;
        }
        return command instanceof Command.Resume
                ? fact instanceof Fact.RunResumed
                : command instanceof Command.Pause && fact instanceof Fact.RunPaused;
    }
}
