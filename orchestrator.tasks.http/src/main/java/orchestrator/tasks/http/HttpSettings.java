package orchestrator.tasks.http;

import java.time.Duration;

/**
 * What bounds every request. Immutable.
 *
 * @param connectTimeout of one connection, above zero
 * @param requestTimeout from sending to the last byte of the answer, for each redirect anew, above zero
 * @param maxAnswerBytes of the body of an answer, from 1
 * @param maxRedirects that are followed, from 0
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        int maxAnswerBytes,
        int maxRedirects,
        Hosts hosts) {

    public HttpSettings {
        atLeast("connect.timeout.seconds", connectTimeout.toSeconds(), 1);
        atLeast("request.timeout.seconds", requestTimeout.toSeconds(), 1);
        atLeast("max.answer.bytes", maxAnswerBytes, 1);
        atLeast("max.redirects", maxRedirects, 0);
    }

    private static void atLeast(String key, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "Expected %s of at least %d in etc/orchestrator.tasks.http.cfg, but found %d"
                            .formatted(key, least, value));
        }
    }
}
