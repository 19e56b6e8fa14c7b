package orchestrator.shell.output;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;
import orchestrator.api.run.RunStatus;
import orchestrator.shell.Samples;
import orchestrator.shell.Samples.SampleRun;
import org.junit.Test;

public class WaitTest {
    private final SampleRun run = Samples.run("r");
    private final CompletableFuture<RunDetails> end = new CompletableFuture<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    public void showsEachChangeOnceAndEndsWithTheRun() throws Exception {
        RunDetails last = run.in(RunStatus.COMPLETED, 100);
        Deque<Supplier<RunDetails>> looks =
                new ArrayDeque<>(
                        List.of(
                                () -> run.in(RunStatus.QUEUED, 0).with(),
                                () -> run.with(Samples.forEach("index", 12, 3, 1)),
                                () -> run.with(Samples.forEach("index", 12, 3, 1)),
                                () -> {
                                    end.complete(last);
                                    return run.in(RunStatus.RUNNING, 95);
                                }));
        assertSame(last, wait(looks));
        assertEquals(
                "QUEUED 0% queued\nRUNNING 40% index 4/12 (1 failed)\nRUNNING 95% write: page 3\n",
                written());
    }

    @Test
    public void saysWhyTheRunDoesNotGoOn() throws Exception {
        Reason reason = new Reason("task", "mail.send", Samples.START, null);
        wait(
                new ArrayDeque<>(
                        List.of(
                                () -> {
                                    end.complete(run);
                                    return run.in(RunStatus.WAITING, 50).with().because(reason);
                                })));
        assertEquals(
                "WAITING 50% waits for task mail.send, which no plugin offers now\n", written());
    }

    @Test
    public void goesOnWaitingWhileTheStoreIsAway() throws Exception {
        RunDetails last = run.in(RunStatus.COMPLETED, 100).with();
        Supplier<RunDetails> away =
                () -> {
                    throw new RefusedException("store", "The store is away.");
                };
        // The handle never completes; the store, once it is back, knows the end.
        assertSame(last, wait(new ArrayDeque<>(List.of(away, away, () -> last))));
        assertEquals(
                "The store does not answer; still waiting for run r.\nCOMPLETED 100%\n", written());
    }

    @Test
    public void stopsWhenTheProgressCanNoLongerBeKnown() {
        Supplier<RunDetails> stopping =
                () -> {
                    throw new RefusedException("stopping", "The engine stops.");
                };
        RefusedException refused =
                assertThrows(
                        RefusedException.class,
                        () -> wait(new ArrayDeque<>(List.of(() -> run, stopping))));
        assertEquals(
                "Stopped waiting for run r: The engine stops. The run itself goes on; see run:status r.",
                refused.getMessage());
    }

    @Test
    public void reportsAFailedWait() {
        end.completeExceptionally(new IllegalStateException("the node left"));
        IllegalStateException failure =
                assertThrows(
                        IllegalStateException.class,
                        () -> wait(new ArrayDeque<>(List.of(() -> run))));
        assertEquals("Stopped waiting for run r: the node left", failure.getMessage());
    }

    private RunDetails wait(Deque<Supplier<RunDetails>> looks) throws InterruptedException {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Screen screen = new Screen(stream, Integer.MAX_VALUE, false, StandardCharsets.UTF_8);
        ProgressView view = ProgressView.on(screen, new Times(InstantSource.fixed(Samples.START)));
        return new Wait(id -> Optional.of(looks.remove().get()), Duration.ofMillis(1), view)
                .until(
                        new RunHandle() {
                            @Override
                            public boolean isNew() {
                                return true;
                            }

                            @Override
                            public String id() {
                                return "r";
                            }

                            @Override
                            public CompletionStage<RunDetails> result() {
                                return end;
                            }
                        });
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
