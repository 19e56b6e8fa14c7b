package orchestrator.tasks.http.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of {@code http.request}. */
@ObjectClassDefinition(name = "Orchestrator Tasks: HTTP", description = "The task http.request")
public @interface HttpConfig {

    @AttributeDefinition(
            name = "Allowed hosts",
            description =
                    "host, *.domain, each also with :port. Empty: every host with public addresses; loopback and private networks must be named")
    String[] hosts_allowed() default {};

    @AttributeDefinition(name = "Connect time-out (seconds)", min = "1")
    int connect_timeout_seconds() default 10;

    @AttributeDefinition(
            name = "Request time-out (seconds)",
            description = "To the last byte of the answer; for each redirect anew",
            min = "1")
    int request_timeout_seconds() default 60;

    @AttributeDefinition(name = "Longest answer (bytes)", min = "1")
    int max_answer_bytes() default 1_048_576;

    @AttributeDefinition(name = "Redirects followed", min = "0")
    int max_redirects() default 5;
}
