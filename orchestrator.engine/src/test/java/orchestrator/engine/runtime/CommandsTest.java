package orchestrator.engine.runtime;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import orchestrator.api.state.Mail;
import orchestrator.engine.core.Command;
import org.junit.Test;

/** What a run was told while it could not decide. */
public class CommandsTest {
    private final Commands commands = new Commands(command -> command);

    private static Message.Tell mail(long number, CompletableFuture<String> answer) {
        Mail mail = new Mail("run", number, "m" + number, CommandMail.encode(new Command.Pause()));
        return Message.Tell.of(mail, answer == null ? null : asked(answer));
    }

    private static Answers.Asked asked(CompletableFuture<String> answer) {
        return new Answers.Asked("run", "m", new Command.Pause(), Instant.EPOCH, answer);
    }

    @Test
    public void aMessageThatWaitsAlreadyIsDropped() {
        for (int look = 0; look < 3; look++) {
            commands.add(mail(1, null));
            commands.add(mail(2, null));
        }
        commands.add(Message.Tell.of(new Command.Pause()));
        assertEquals(3, commands.take().size());
        commands.add(mail(1, null));
        assertEquals(1, commands.take().size());
    }

    /** It came with mail, and comes again from an append that was refused: it is one command, decided once. */
    @Test
    public void whoWaitsForTheAnswerOfAMessageThatWaitsAlreadyIsTold() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        commands.add(mail(1, null));
        commands.add(mail(2, null));
        commands.add(mail(1, answer));
        List<Message.Tell> all = commands.take();
        assertEquals(2, all.size());
        assertEquals("m1", all.get(0).mail().messageId());
        assertSame(answer, all.get(0).asked().answer());
    }

    @Test
    public void whatIsPutBackComesBeforeWhatCameMeanwhile() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        commands.add(mail(1, null));
        List<Message.Tell> taken = commands.take();
        commands.add(mail(2, null));
        commands.add(mail(1, answer));
        commands.putBack(taken);
        List<Message.Tell> all = commands.take();
        assertEquals(List.of(1L, 2L), all.stream().map(tell -> tell.mail().number()).toList());
        assertSame(answer, all.get(0).asked().answer());
    }

    @Test
    public void twoWhoWaitForTheAnswerOfOneMessageAreTold() {
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> two = new CompletableFuture<>();
        commands.add(mail(1, one));
        commands.add(mail(1, two));
        List<Message.Tell> all = commands.take();
        assertEquals(1, all.size());
        all.get(0).reply("yes");
        assertEquals("yes", one.join());
        assertEquals("yes", two.join());
    }

    @Test
    public void whatARunThatHasLeftWasToldIsRefusedUnlessItIsInTheStore() {
        CompletableFuture<String> direct = new CompletableFuture<>();
        CompletableFuture<String> posted = new CompletableFuture<>();
        commands.add(new Message.Tell(new Command.Pause(), null, null, asked(direct)));
        commands.add(mail(1, posted));
        List<Message.Tell> unread = new ArrayList<>();
        commands.refuse(unread::add);
        assertTrue(direct.join(), direct.join().startsWith("Expected"));
        assertFalse(posted.isDone());
        assertEquals(1, unread.size());
        assertEquals("m1", unread.get(0).mail().messageId());
        assertSame(posted, unread.get(0).asked().answer());
    }
}
