package orchestrator.engine.attempt;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import orchestrator.api.TaskFailure;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.BoundedBytes;
import orchestrator.engine.graph.ExpressionException;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** Turns what a body returned or threw into bytes and texts, so that nothing of its plugin is kept. */
final class Results {
    private Results() {}

    /** What a failure says. */
    record Failure(String code, String message, boolean retryable) {}

    /**
     * The bytes of a result.
     *
     * @throws IllegalArgumentException if it cannot be written, or is too large
     */
    static Payload encode(ObjectMapper mapper, Object result) {
        if (result == null) {
            return Payload.NULL;
        }
        BoundedBytes out = new BoundedBytes(Limits.MAX_PAYLOAD);
        try {
            mapper.writeValue(out, result);
            byte[] json = out.toByteArray();
            Json.check(json);
            return Payload.of(json);
        } catch (BoundedBytes.TooLargeException e) {
            throw tooLarge();
        } catch (IOException | IllegalArgumentException | StackOverflowError e) {
            if (e.getCause() instanceof BoundedBytes.TooLargeException) {
                throw tooLarge();
            }
            throw new IllegalArgumentException(
                    "Expected an output that can be written as JSON, but " + firstLine(e));
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "Expected an output of at most %,d bytes as JSON, but found more; return a reference to large data instead"
                        .formatted(Limits.MAX_PAYLOAD));
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    /** What went wrong, without what carried it from one thread to another. */
    static Throwable cause(Throwable thrown) {
        Throwable e = thrown;
        while ((e instanceof CompletionException || e instanceof ExecutionException)
                && e.getCause() != null) {
            e = e.getCause();
        }
        return e;
    }

    /** What a throwable says; an expression without a value, or a wrong type, will not mend itself. */
    static Failure failure(Throwable e) {
        if (e instanceof TaskFailure failure) {
            boolean named = failure.code() != null && !failure.code().isBlank();
            return new Failure(named ? failure.code() : code(e), text(e), failure.isRetryable());
        }
        if (e instanceof ExpressionException || e instanceof InputException) {
            return new Failure("input", text(e), false);
        }
        String cause = e.getCause() == null ? "" : " (" + shown(e.getCause()) + ")";
        return new Failure(code(e), text(e) + cause, true);
    }

    /** The simple name of its class; an anonymous one has none, and counts as the one that it extends. */
    private static String code(Throwable e) {
        Class<?> named = e.getClass();
        while (named.isAnonymousClass()) {
            named = named.getSuperclass();
        }
        return named.getSimpleName();
    }

    private static String text(Throwable e) {
        String message = message(e);
        return message == null ? e.getClass().getName() : message;
    }

    private static String shown(Throwable e) {
        String message = message(e);
        return message == null ? e.getClass().getName() : e.getClass().getName() + ": " + message;
    }

    /** A plugin's own exception may fail to say what it is. */
    private static String message(Throwable e) {
        try {
            return e.getMessage();
        } catch (Throwable broken) { // an exception of a plugin may miss classes that have left
            return "its message failed with " + broken.getClass().getName();
        }
    }
}
