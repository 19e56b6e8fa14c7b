package orchestrator.state.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orchestrator.api.state.StateBackend;
import orchestrator.testkit.TestStore;
import org.junit.rules.ExternalResource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/**
 * A real Redis server that writes each command to disk before it answers. It runs in cluster mode and owns all slots, so
 * that it refuses a script whose keys lie in different slots.
 */
final class RedisStores extends ExternalResource {
    private static final int SLOTS = 16_384;
    private static final int HIGHEST_PORT = 55_535; // the cluster bus listens 10,000 above

    private final int shards;
    private RedisServer server;
    private Path folder;
    private int port;

    RedisStores(int shards) {
        this.shards = shards;
    }

    @Override
    protected void before() throws Throwable {
        folder = Files.createTempDirectory("redis");
        port = freePort();
        server =
                RedisServer.newRedisServer()
                        .port(port)
                        .bind("127.0.0.1")
                        .setting("dir " + folder)
                        .setting("appendonly yes")
                        .setting("appendfsync always")
                        .setting("maxmemory-policy noeviction")
                        .setting("cluster-enabled yes")
                        .build();
        server.start();
        try (Jedis admin = new Jedis("127.0.0.1", port)) {
            admin.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!admin.clusterInfo().contains("cluster_state:ok")) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Expected a cluster, but " + admin.clusterInfo());
                }
                Thread.onSpinWait();
            }
        }
    }

    @Override
    protected void after() {
        try {
            server.stop();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("Expected the server to stop and leave its folder", e);
        }
    }

    RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    /** The server, emptied. */
    TestStore empty() {
        List<RedisClient> clients = new ArrayList<>();
        RedisClient first = client();
        clients.add(first);
        first.flushAll();
        return new TestStore() {
            @Override
            public StateBackend open() {
                RedisClient client = client();
                clients.add(client);
                return new RedisPrototype(client, shards);
            }

            @Override
            public StateBackend reopen() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                clients.forEach(RedisClient::close);
            }
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            int free = socket.getLocalPort();
            return free <= HIGHEST_PORT ? free : freePort();
        }
    }
}
