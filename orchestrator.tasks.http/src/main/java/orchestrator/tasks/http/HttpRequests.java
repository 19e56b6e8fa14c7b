package orchestrator.tasks.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;

/** Sends requests, and makes outputs and failures of their answers. Thread safe. */
public final class HttpRequests {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final Set<String> SECRETS = Set.of("authorization", "cookie");

    private final ObjectMapper json =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder().maxNestingDepth(200).build())
                            .build());
    private final HttpSettings settings;
    private final HttpClient client;

    public HttpRequests(HttpSettings settings) {
        this.settings = settings;
        this.client =
                HttpClient.newBuilder()
                        .connectTimeout(settings.connectTimeout())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /**
     * Sends one request and follows its redirects.
     *
     * @return {@code status, url, headers} (names in small letters), {@code body} (a tree if it is JSON, else a text)
     * @throws TaskFailure with the codes {@code http-url, http-host, http-redirect, http-request, http-too-large, http-json}
     *     (permanent), {@code http-timeout, http-connection} (retryable), {@code http-<status>} (retryable for 408, 425, 429
     *     and from 500)
     * @throws InterruptedException if the attempt should end; the request is given up
     */
    public Map<String, Object> send(TaskContext context) throws TaskFailure, InterruptedException {
        HttpInput input = context.input(HttpInput.class);
        URI url = input.uri();
        boolean bare = false; // after a redirect that is to be got: without a body
        for (int hop = 0; ; hop++) {
            settings.hosts().check(url);
            context.progress(0, input.method() + " " + url.getHost());
            HttpResponse<byte[]> answer = answer(context, request(context, input, url, bare));
            URI next = target(answer);
            if (next == null) {
                return output(input, answer);
            }
            if (hop == settings.maxRedirects()) {
                throw TaskFailure.permanent(
                        "http-redirect",
                        "Expected at most %d redirects, but found one more from %s"
                                .formatted(settings.maxRedirects(), url.getHost()));
            }
            bare |= isGotNext(input, answer.statusCode());
            url = next;
        }
    }

    private HttpRequest request(TaskContext context, HttpInput input, URI url, boolean bare)
            throws TaskFailure {
        boolean sameOrigin = url.resolve("/").equals(input.uri().resolve("/"));
        boolean hasBody = input.body() != null && !bare;
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(url)
                            .timeout(settings.requestTimeout())
                            .method(
                                    bare ? "GET" : input.method(),
                                    hasBody
                                            ? HttpRequest.BodyPublishers.ofString(text(input))
                                            : HttpRequest.BodyPublishers.noBody());
            input.headers()
                    .forEach(
                            (name, value) -> {
                                if (sameOrigin
                                        || !SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                                    request.setHeader(name, value);
                                }
                            });
            if (hasBody && !input.hasHeader("content-type")) {
                request.setHeader(
                        "Content-Type",
                        input.body() instanceof String
                                ? "text/plain; charset=utf-8"
                                : "application/json");
            }
            if (input.changesSomething() && !bare && !input.hasHeader("idempotency-key")) {
                request.setHeader("Idempotency-Key", context.idempotencyKey());
            }
            return request.build();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw TaskFailure.permanent(
                    "http-request", "Expected a request that can be sent, but " + e.getMessage());
        }
    }

    private String text(HttpInput input) throws JsonProcessingException {
        return input.body() instanceof String text ? text : json.writeValueAsString(input.body());
    }

    private HttpResponse<byte[]> answer(TaskContext context, HttpRequest request)
            throws TaskFailure, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, ignored -> new BoundedBody(settings.maxAnswerBytes()));
        context.onCancel(() -> answer.cancel(true));
        try {
            return answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException e) {
            throw new InterruptedException(
                    "Cancelled while waiting for " + request.uri().getHost());
        } catch (TimeoutException e) {
            throw timeout(request, e);
        } catch (ExecutionException e) {
            throw failure(request, e.getCause());
        } finally {
            answer.cancel(true); // ends the exchange if it has not ended
        }
    }

    private TaskFailure failure(HttpRequest request, Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof BoundedBody.TooLong) {
                return TaskFailure.permanent("http-too-large", at.getMessage());
            } else if (at instanceof java.net.http.HttpTimeoutException) {
                return timeout(request, at);
            }
        }
        return TaskFailure.retryable(
                "http-connection",
                "Expected an answer of %s, but found %s"
                        .formatted(request.uri().getAuthority(), cause),
                cause);
    }

    private TaskFailure timeout(HttpRequest request, Throwable cause) {
        return TaskFailure.retryable(
                "http-timeout",
                "Expected the answer of %s within %s, but found none"
                        .formatted(request.uri().getHost(), settings.requestTimeout()),
                cause);
    }

    /** Where an answer sends to, or null. */
    private static URI target(HttpResponse<?> answer) throws TaskFailure {
        if (!REDIRECTS.contains(answer.statusCode())) {
            return null;
        }
        String location = answer.headers().firstValue("location").orElse("");
        try {
            return answer.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw TaskFailure.permanent(
                    "http-redirect", "Expected a URL as Location, but found '" + location + "'");
        }
    }

    private static boolean isGotNext(HttpInput input, int status) {
        return (status == 303 && !input.method().equals("HEAD"))
                || (status < 303 && input.method().equals("POST"));
    }

    private Map<String, Object> output(HttpInput input, HttpResponse<byte[]> answer)
            throws TaskFailure {
        int status = answer.statusCode();
        if (status >= 400 && !input.accept().contains(status)) {
            String message =
                    "Expected an answer below 400 of %s, but found %d"
                            .formatted(answer.uri().getHost(), status);
            throw status >= 500 || PASSING.contains(status)
                    ? TaskFailure.retryable("http-" + status, message, null)
                    : TaskFailure.permanent("http-" + status, message);
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        answer.headers()
                .map()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("status", status);
        output.put("url", answer.uri().toString());
        output.put("headers", headers);
        output.put("body", body(answer));
        return output;
    }

    private Object body(HttpResponse<byte[]> answer) throws TaskFailure {
        String type = answer.headers().firstValue("content-type").orElse("");
        if (answer.body().length == 0 || !type.matches("(?i)[^;]*[/+]json\\s*(;.*)?")) {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
        try {
            return json.readValue(answer.body(), Object.class);
        } catch (IOException e) {
            throw TaskFailure.permanent(
                    "http-json",
                    "Expected JSON from %s, as its Content-Type says, but found other text"
                            .formatted(answer.uri().getHost()));
        }
    }
}
