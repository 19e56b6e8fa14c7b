package orchestrator.engine.attempt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import orchestrator.api.TaskFailure;
import orchestrator.engine.core.Limits;
import orchestrator.engine.graph.ExpressionException;
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
        byte[] json;
        try {
            json = mapper.writeValueAsBytes(result);
        } catch (JsonProcessingException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "Expected an output that can be written as JSON, but " + firstLine(e));
        }
        if (json.length > Limits.MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "Expected an output of at most %,d bytes as JSON, but found %,d; return a reference to large data instead"
                            .formatted(Limits.MAX_PAYLOAD, json.length));
        }
        return Payload.of(json);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    /** What a throwable says; an expression without a value, or a wrong type, will not mend itself. */
    static Failure failure(Throwable thrown) {
        Throwable e = thrown;
        while ((e instanceof CompletionException || e instanceof ExecutionException)
                && e.getCause() != null) {
            e = e.getCause();
        }
        if (e instanceof TaskFailure failure) {
            return new Failure(failure.code(), text(e), failure.isRetryable());
        }
        if (e instanceof ExpressionException || e instanceof InputException) {
            return new Failure("input", text(e), false);
        }
        String cause = e.getCause() == null ? "" : " (" + e.getCause() + ")";
        return new Failure(e.getClass().getSimpleName(), text(e) + cause, true);
    }

    private static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }
}
