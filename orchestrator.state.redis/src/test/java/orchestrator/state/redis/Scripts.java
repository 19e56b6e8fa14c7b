package orchestrator.state.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.state.NodeFencedException;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** The scripts, loaded into one server: each validates everything before its first write. */
final class Scripts {
    private final RedisClient redis;
    private final Map<String, byte[]> shas = new HashMap<>();

    Scripts(RedisClient redis) {
        this.redis = redis;
        for (String name :
                List.of(
                        "create",
                        "append",
                        "post",
                        "enter",
                        "peek",
                        "take",
                        "mail",
                        "heartbeat",
                        "leave")) {
            shas.put(name, bytes(redis.scriptLoad(text(name + ".lua"))));
        }
    }

    /** One call of a script: its only key and its arguments. */
    record Call(String script, String key, List<byte[]> arguments) {}

    Object run(Call call) {
        return run(List.of(call)).get(0);
    }

    /** Many calls in one round trip. */
    List<Object> run(List<Call> calls) {
        List<Response<Object>> responses = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (Call call : calls) {
                responses.add(
                        pipeline.evalsha(
                                shas.get(call.script()),
                                List.of(bytes(call.key())),
                                call.arguments()));
            }
            pipeline.sync();
        }
        List<Object> answers = new ArrayList<>();
        for (Response<Object> response : responses) {
            answers.add(get(response));
        }
        return answers;
    }

    private static Object get(Response<Object> response) {
        try {
            return response.get();
        } catch (JedisDataException e) {
            if (e.getMessage().contains("FENCED")) {
                throw new NodeFencedException(
                        "Expected a lease that is not over, but found it fenced");
            }
            throw e;
        }
    }

    static byte[] bytes(Object value) {
        return value instanceof byte[] raw
                ? raw
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> arguments(Object... values) {
        List<byte[]> arguments = new ArrayList<>();
        for (Object value : values) {
            arguments.add(bytes(value));
        }
        return arguments;
    }

    static String string(Object answer) {
        return new String((byte[]) answer, StandardCharsets.UTF_8);
    }

    private static String text(String resource) {
        try (InputStream in = Scripts.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
