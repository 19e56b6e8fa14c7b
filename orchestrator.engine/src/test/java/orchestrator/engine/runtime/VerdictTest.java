package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.engine.core.Command;
import orchestrator.engine.core.Fact;
import orchestrator.engine.graph.Payload;
import org.junit.Test;

/** What a journal tells who sent a command. */
public class VerdictTest {
    private static final Map<Command, Fact> FOLLOWED = new LinkedHashMap<>();

    static {
        Payload one = Payload.ofTree(1L);
        FOLLOWED.put(new Command.Pause(), new Fact.RunPaused());
        FOLLOWED.put(new Command.Resume(), new Fact.RunResumed(5));
        FOLLOWED.put(new Command.Cancel("enough", true), new Fact.RunCancelling("enough"));
        FOLLOWED.put(new Command.Cancel("enough", false), new Fact.RunCancelled("enough"));
        FOLLOWED.put(new Command.Migrate("0a", null), new Fact.RunMigrated("1.1.0", "0a", null));
        FOLLOWED.put(new Command.NoteProgress(50, "half"), new Fact.ProgressNoted(50, "half"));
        FOLLOWED.put(
                new Command.SaveState(Map.of("x", one)), new Fact.StateSaved(Map.of("x", one)));
        FOLLOWED.put(
                new Command.Signal("signal:1", "s", one),
                new Fact.SignalReceived("signal:1", "s", one));
    }

    /** Each fact tells of its own command alone, whether it was followed or refused. */
    @Test
    public void aFactTellsOfTheCommandsThatItFollowsFrom() {
        List<Command> commands = new ArrayList<>(FOLLOWED.keySet());
        for (Command command : commands) {
            for (Command other : commands) {
                boolean same = command.getClass() == other.getClass();
                assertEquals(same ? "" : null, Verdict.of(command, FOLLOWED.get(other)));
                assertEquals(same ? "no" : null, Verdict.of(command, refused(other)));
            }
            assertTrue(Verdict.isIn(FOLLOWED.get(command).getClass().getSimpleName()));
        }
        assertTrue(Verdict.isIn("CommandRefused"));
    }

    private static Fact refused(Command command) {
        String id = command instanceof Command.Signal signal ? signal.id() : null;
        return new Fact.CommandRefused(command.getClass().getSimpleName(), "no", id);
    }

    @Test
    public void whatAnotherSentTellsNothing() {
        Payload one = Payload.ofTree(1L);
        assertNull(
                Verdict.of(
                        new Command.Signal("2", "s", one), new Fact.SignalReceived("1", "s", one)));
        assertNull(
                Verdict.of(
                        new Command.Signal("2", "s", one),
                        new Fact.CommandRefused("Signal", "no", "1")));
        assertNull(
                Verdict.of(new Command.SaveState(Map.of()), new Fact.StateSaved(Map.of("x", one))));
        assertNull(Verdict.of(new Command.NoteProgress(51, ""), new Fact.ProgressNoted(50, "")));
        assertNull(
                Verdict.of(
                        new Command.Migrate("0b", null),
                        new Fact.RunMigrated("1.1.0", "0a", null)));
    }
}
