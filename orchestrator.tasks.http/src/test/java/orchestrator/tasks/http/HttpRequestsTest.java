package orchestrator.tasks.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import orchestrator.api.Task;
import orchestrator.api.TaskFailure;
import orchestrator.api.run.RunStatus;
import orchestrator.testkit.VirtualEngine;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Requests to a real server on loopback, made by steps of real runs. */
public class HttpRequestsTest {
    @Rule public final VirtualEngine engine = new VirtualEngine();

    private final AtomicReference<Map<String, Object>> output = new AtomicReference<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private String at;

    @Before
    public void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        at = "127.0.0.1:" + server.getAddress().getPort();
    }

    @After
    public void stop() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        String body = "text";
        if (path.startsWith("/status/")) {
            status = Integer.parseInt(path.substring("/status/".length()));
        } else if (path.equals("/json")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            body = "{\"answer\": 42}";
        } else if (path.equals("/echo")) {
            body =
                    exchange.getRequestMethod()
                            + " "
                            + exchange.getRequestHeaders().getFirst("Authorization")
                            + " "
                            + (exchange.getRequestHeaders().getFirst("Idempotency-Key") != null)
                            + " "
                            + new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
        } else if (path.equals("/redirect")) {
            status = 307;
            exchange.getResponseHeaders().set("Location", "/echo");
        } else if (path.equals("/away")) {
            status = 302;
            exchange.getResponseHeaders().set("Location", "http://localhost/secret");
        } else if (path.equals("/circle")) {
            status = 302;
            exchange.getResponseHeaders().set("Location", "/circle");
        } else if (path.equals("/long")) {
            body = "x".repeat(2000);
        } else if (path.equals("/hang")) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private RunStatus run(List<String> hosts, Map<String, Object> input) {
        Duration timeout = Duration.ofSeconds(1);
        return run(new HttpSettings(timeout, timeout, 1000, 3, new Hosts(hosts)), input);
    }

    private RunStatus run(HttpSettings settings, Map<String, Object> input) {
        HttpRequests requests = new HttpRequests(settings);
        Task task =
                context -> {
                    try {
                        output.set(requests.send(context));
                        return null;
                    } catch (TaskFailure | InterruptedException e) {
                        failure.set(e);
                        throw e;
                    }
                };
        return engine.task("http.request", task)
                .workflow(
                        "w",
                        builder -> {
                            var step = builder.step("call").task("http.request");
                            input.forEach(step::input);
                            step.retry(2, Duration.ofSeconds(1));
                        })
                .run("w", Map.of())
                .status();
    }

    private RunStatus get(String path) {
        return run(List.of(at), Map.of("url", "http://" + at + path));
    }

    private void assertFails(String code, int expectedCalls) {
        assertNotNull(code, failure.get());
        assertEquals(code, ((TaskFailure) failure.get()).code());
        assertEquals(expectedCalls, calls.get());
    }

    @Test
    public void jsonComesAsATree() {
        assertEquals(RunStatus.COMPLETED, get("/json"));
        assertEquals(Map.of("answer", 42), output.get().get("body"));
        assertEquals(200, output.get().get("status"));
    }

    @Test
    public void aRedirectKeepsMethodBodyAndKey() {
        RunStatus status =
                run(
                        List.of("127.0.0.1"),
                        Map.of(
                                "url",
                                "http://" + at + "/redirect",
                                "method",
                                "post",
                                "headers",
                                Map.of("Authorization", "me"),
                                "body",
                                Map.of("a", 1)));
        assertEquals(RunStatus.COMPLETED, status);
        assertEquals("POST me true {\"a\":1}", output.get().get("body"));
    }

    @Test
    public void loopbackIsRefusedUnlessItIsListed() {
        assertEquals(RunStatus.FAILED, run(List.of(), Map.of("url", "http://" + at + "/json")));
        assertFails("http-host", 0);
    }

    @Test
    public void aRedirectToAHostThatIsNotListedIsRefused() {
        assertEquals(RunStatus.FAILED, get("/away"));
        assertFails("http-host", 1);
    }

    @Test
    public void redirectsEnd() {
        assertEquals(RunStatus.FAILED, get("/circle"));
        assertFails("http-redirect", 4);
    }

    @Test
    public void anAnswerThatIsTooLongFailsForGood() {
        assertEquals(RunStatus.FAILED, get("/long"));
        assertFails("http-too-large", 1);
    }

    @Test
    public void aServerErrorIsTriedAgain() {
        assertEquals(RunStatus.FAILED, get("/status/503"));
        assertFails("http-503", 2);
    }

    @Test
    public void aClientErrorIsNotTriedAgain() {
        assertEquals(RunStatus.FAILED, get("/status/404"));
        assertFails("http-404", 1);
    }

    @Test
    public void anAcceptedStatusIsAnAnswer() {
        RunStatus status =
                run(
                        List.of(at),
                        Map.of("url", "http://" + at + "/status/404", "accept", List.of(404)));
        assertEquals(RunStatus.COMPLETED, status);
        assertEquals(404, output.get().get("status"));
    }

    @Test
    public void aServerThatHangsTimesOutAndIsTriedAgain() {
        assertEquals(RunStatus.FAILED, get("/hang"));
        assertFails("http-timeout", 2);
    }

    @Test
    public void aUrlOfAnotherSchemeIsRefused() {
        assertEquals(RunStatus.FAILED, run(List.of(), Map.of("url", "file:///etc/passwd")));
        assertFails("http-url", 0);
    }
}
