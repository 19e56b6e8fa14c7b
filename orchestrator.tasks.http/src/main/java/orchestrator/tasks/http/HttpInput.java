package orchestrator.tasks.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orchestrator.api.TaskFailure;

/**
 * What a step asks for.
 *
 * @param url absolute
 * @param method GET by default
 * @param body a text, sent as it is; anything else is sent as JSON; or null
 * @param accept statuses from 400 that are answers and no failures
 */
public record HttpInput(
        String url, String method, Map<String, String> headers, Object body, List<Integer> accept) {

    public HttpInput {
        method = method == null ? "GET" : method.toUpperCase(Locale.ROOT);
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        accept = accept == null ? List.of() : List.copyOf(accept);
    }

    URI uri() throws TaskFailure {
        try {
            return new URI(url == null ? "" : url);
        } catch (URISyntaxException e) {
            throw TaskFailure.permanent(
                    "http-url", "Expected a URL as 'url', but found '" + url + "'");
        }
    }

    boolean hasHeader(String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether repeating it changes something, so that the server should be told that it is a repetition. */
    boolean changesSomething() {
        return !List.of("GET", "HEAD", "OPTIONS").contains(method);
    }
}
