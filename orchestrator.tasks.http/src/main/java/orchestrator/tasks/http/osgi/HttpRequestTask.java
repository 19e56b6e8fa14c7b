package orchestrator.tasks.http.osgi;

import java.time.Duration;
import java.util.Arrays;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskFailure;
import orchestrator.api.TaskName;
import orchestrator.tasks.http.Hosts;
import orchestrator.tasks.http.HttpRequests;
import orchestrator.tasks.http.HttpSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** The task {@code http.request}. A change of its configuration holds for the requests that begin after it. */
@Component(service = Task.class, configurationPid = "orchestrator.tasks.http")
@Designate(ocd = HttpConfig.class)
@TaskName("http.request")
public final class HttpRequestTask implements Task {
    private volatile HttpRequests requests;

    @Activate
    public HttpRequestTask(HttpConfig config) {
        requests = new HttpRequests(settings(config));
    }

    @Modified
    void modified(HttpConfig config) {
        requests = new HttpRequests(settings(config));
    }

    @Override
    public Object execute(TaskContext context) throws TaskFailure, InterruptedException {
        return requests.send(context);
    }

    private static HttpSettings settings(HttpConfig config) {
        return new HttpSettings(
                Duration.ofSeconds(config.connect_timeout_seconds()),
                Duration.ofSeconds(config.request_timeout_seconds()),
                config.max_answer_bytes(),
                config.max_redirects(),
                new Hosts(Arrays.asList(config.hosts_allowed())));
    }
}
