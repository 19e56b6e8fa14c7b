package orchestrator.shell.output;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import orchestrator.api.run.RefusedException;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunHandle;

/** Waits for the end of a run and shows its progress meanwhile; woken by the end itself, not by looking for it. */
public final class Wait {
    private final Function<String, Optional<RunDetails>> look;
    private final Duration refresh;
    private final ProgressView view;

    /**
     * @param look finds a run by its id
     * @param refresh how long a shown progress may be old
     */
    public Wait(Function<String, Optional<RunDetails>> look, Duration refresh, ProgressView view) {
        this.look = look;
        this.refresh = refresh;
        this.view = view;
    }

    /**
     * Waits.
     *
     * @return the run as it ended
     * @throws RefusedException if the run's progress can no longer be known; the run itself is not affected
     * @throws InterruptedException if the user has seen enough; the run goes on
     */
    public RunDetails until(RunHandle run) throws InterruptedException {
        CompletableFuture<RunDetails> end = new CompletableFuture<>();
        run.result()
                .whenComplete(
                        (details, failure) -> {
                            if (failure == null) {
                                end.complete(details);
                            } else {
                                end.completeExceptionally(failure);
                            }
                        });
        try {
            return until(run.id(), end);
        } finally {
            view.end();
        }
    }

    private RunDetails until(String id, CompletableFuture<RunDetails> end)
            throws InterruptedException {
        while (true) {
            // A handle does not complete when its engine was replaced meanwhile; the store then
            // still knows the end.
            Optional<RunDetails> present = end.isDone() ? Optional.empty() : present(id);
            if (present.isPresent() && present.get().status().isFinal()) {
                return present.get();
            }
            try {
                return end.get(refresh.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Not yet: time to look again.
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "Stopped waiting for run " + id + ": " + e.getCause().getMessage(), e);
            }
        }
    }

    private Optional<RunDetails> present(String id) throws InterruptedException {
        try {
            Optional<RunDetails> present = look.apply(id);
            stopIfInterrupted();
            present.ifPresent(view::show);
            return present;
        } catch (RefusedException e) {
            stopIfInterrupted();
            if (e.code().equals("store")) {
                view.show("The store does not answer; still waiting for run " + id + ".");
                return Optional.empty();
            }
            throw new RefusedException(
                    e.code(),
                    "Stopped waiting for run %s: %s The run itself goes on; see run:status %s."
                            .formatted(id, e.getMessage(), id));
        }
    }

    /** Before anything is written: Karaf's streams are closed for good by a write of an interrupted thread. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
