package orchestrator.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;

/** A task that stands in for another in a test, and remembers its calls. Thread safe. */
public final class TaskDouble implements Task {
    private final Task body;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /**
     * One call.
     *
     * @param attempt the number of the attempt
     * @param idempotencyKey as the task saw it
     * @param input as the task saw it
     */
    public record Call(
            String runId,
            String step,
            int attempt,
            String idempotencyKey,
            Map<String, Object> input) {}

    private TaskDouble(Task body) {
        this.body = body;
    }

    /** One that does what another does. */
    public static TaskDouble of(Task body) {
        return new TaskDouble(body);
    }

    /** One that gives that. */
    public static TaskDouble returning(Object result) {
        return new TaskDouble(context -> result);
    }

    /** One that gives its input. */
    public static TaskDouble echo() {
        return new TaskDouble(TaskContext::input);
    }

    /** One that always fails, and may be tried again. */
    public static TaskDouble failing(String code, String message) {
        return new TaskDouble(
                context -> {
                    throw TaskFailure.retryable(code, message, null);
                });
    }

    /** One that fails for good. */
    public static TaskDouble failingForGood(String code, String message) {
        return new TaskDouble(
                context -> {
                    throw TaskFailure.permanent(code, message);
                });
    }

    /**
     * One that fails at first.
     *
     * @param failures how many attempts of each piece of work fail, with the code {@code flaky}
     * @param result what the next one gives
     */
    public static TaskDouble flaky(int failures, Object result) {
        return new TaskDouble(
                context -> {
                    if (context.attempt() <= failures) {
                        throw TaskFailure.retryable(
                                "flaky", "attempt " + context.attempt() + " fails", null);
                    }
                    return result;
                });
    }

    /** One that never ends by itself, and blocks no thread: a timeout, a cancel or the end of the test ends it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the engine waits for it
    public static TaskDouble hanging() {
        return new TaskDouble(
                context -> {
                    CompletableFuture<Object> never = new CompletableFuture<>();
                    context.onCancel(() -> never.cancel(false));
                    return never;
                });
    }

    @Override
    public Object execute(TaskContext context) throws Exception {
        calls.add(
                new Call(
                        context.runId(),
                        context.step(),
                        context.attempt(),
                        context.idempotencyKey(),
                        context.input()));
        return body.execute(context);
    }

    /** Its calls, in order. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Its newest call. */
    public Call lastCall() {
        if (calls.isEmpty()) {
            throw new AssertionError("Expected a call of the task, but there was none");
        }
        return calls.get(calls.size() - 1);
    }
}
