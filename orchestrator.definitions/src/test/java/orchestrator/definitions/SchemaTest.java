package orchestrator.definitions;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

/** The published schema and the reader accept the same files, but for what a schema cannot say. */
public class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FRAME = "{\"workflow\": \"w\", \"steps\": {\"a\": %s}}";

    private final JsonSchema schema = schema();

    @Test
    public void theSchemaIsOne() throws IOException {
        JsonSchema meta =
                JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(Set.of(), meta.validate(node()));
    }

    @Test
    public void bothAccept() throws IOException {
        for (String root :
                List.of(
                        "{'workflow': 'w', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'team/x:y-1.z', 'version': 1.10, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'version': '1.2.0-rc+5', 'timeout': '1h30m', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'description': 'd', 'input': {}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'output': {'x': ['${a}', 1, null]}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': -2147483648, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 2147483647, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 5.0, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'output': null, 'steps': {'a': {'workflow': 'w'}}}",
                        "{'workflow': 'w', 'input': {'required': ['a b'], 'properties': {'a b': {'type': 'array', 'default': [1, null], 'description': 'd'}}}, 'steps': {'a': {'task': 't'}}}")) {
            assertAgreed(true, root.replace('\'', '"'));
        }
        for (String join : List.of("'all'", "'any'", "'all_done'", "1", "2.0")) {
            assertAgreed(
                    true,
                    "{'workflow': 'w', 'steps': {'a': {'task': 't'}, 'b': {'task': 't'}, 'c': {'task': 't', 'after': ['a', 'b'], 'join': %s}}}"
                            .formatted(join)
                            .replace('\'', '"'));
        }
        for (String handler :
                List.of(
                        "'alert'",
                        "{'task': 'alert'}",
                        "{'workflow': 'x:y', 'input': {'a': 1}, 'retry': {}, 'timeout': '5s', 'description': 'd'}")) {
            assertAgreed(
                    true,
                    "{'workflow': 'w', 'onFailure': %s, 'steps': {'a': {'task': 't'}}}"
                            .formatted(handler)
                            .replace('\'', '"'));
        }
        for (String step :
                List.of(
                        "{'task': 'a/b.c-d_E'}",
                        "{'workflow': 'team/x:y-1.z', 'forEach': 'input.x', 'timeout': '5m', 'retry': {'attempts': 2}}",
                        "{'task': 't', 'after': [], 'input': {}, 'retry': {}, 'description': 'd'}",
                        "{'task': 't', 'input': {'': null, 'x': [1.5, true, {'y': 'z'}]}}",
                        "{'task': 't', 'retry': {'attempts': 1000000, 'delay': '0s', 'backoff': 1.5, 'maxDelay': '2d', 'jitter': 1}, 'timeout': '500ms'}",
                        "{'task': 't', 'input': '${item}', 'forEach': 'input.x'}",
                        "{'task': 't', 'retry': {'attempts': 3.0}}",
                        "{'task': 't', 'stepTimeout': '1h', 'queueTimeout': '10m', 'heartbeat': '30s'}",
                        "{'workflow': 'w', 'stepTimeout': '1h', 'queueTimeout': '10m'}",
                        "{'task': 't', 'retry': {'attempts': 9, 'within': '1h', 'notOn': ['IOException', 'bad-input']}}",
                        "{'task': 't', 'retry': {'attempts': 9, 'notOn': 'bad-input'}}",
                        "{'task': 't', 'cache': {'ttl': '1h'}, 'bundle': 'my.bundle'}",
                        "{'task': 't', 'cache': {'key': 'input.x', 'ttl': '1h'}, 'forEach': 'input.y'}",
                        "{'wait': '2d'}",
                        "{'wait': '2030-01-31T12:00:00Z', 'description': 'd'}",
                        "{'wait': '2030-01-31T12:00+02:00'}",
                        "{'wait': '${input.at}', 'after': []}",
                        "{'waitFor': {'signal': 'reviewed'}}",
                        "{'waitFor': {'signal': 'a/b:c.d-E_1', 'timeout': '2d'}}",
                        "{'task': 't', 'when': 'input.x > 1'}",
                        "{'task': 't', 'when': false}",
                        "{'task': 't', 'onFailure': 'continue'}",
                        "{'task': 't', 'repeat': {'until': 'a > 3', 'limit': 100000, 'delay': '5s'}}",
                        "{'task': 't', 'repeat': {'until': false, 'limit': 1}}",
                        "{'task': 't', 'compensate': 'undo'}",
                        "{'task': 't', 'compensate': {'workflow': 'undo', 'input': {'x': '${a}'}, 'retry': {'attempts': 9}}}",
                        "{'task': 't', 'forEach': 'input.x', 'failedItems': {'atMost': 0}}",
                        "{'task': 't', 'forEach': 'input.x', 'failedItems': {'atMost': '12.5%'}}",
                        "{'task': 't', 'forEach': 'input.x', 'concurrency': 10000, 'failedItems': 'stop'}")) {
            assertAgreed(true, FRAME.formatted(step.replace('\'', '"')));
        }
    }

    @Test
    public void bothRefuse() throws IOException {
        for (String root :
                List.of(
                        "[]",
                        "'w'",
                        "{}",
                        "{'workflow': 'w'}",
                        "{'workflow': 'w', 'steps': {}}",
                        "{'workflow': 'w', 'steps': []}",
                        "{'workflow': 'w', 'steps': {'a': null}}",
                        "{'workflow': '1w', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 5, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'steps': {'A': {'task': 't'}}}",
                        "{'workflow': 'w', 'steps': {'item': {'task': 't'}}}",
                        "{'workflow': 'w', 'steps': {'a': {'task': 't'}}, 'triggers': []}",
                        "{'workflow': 'w', 'version': true, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'version': null, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'version': -1, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'version': '1 2', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'description': ' ', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'timeout': 30, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'input': {'properties': {'x': {'type': 'text'}}}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'input': {'properties': {'x': {}}}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 2147483648, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 18446744073709551620, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 1.5, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'priority': 'high', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'onFailure': '', 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'onFailure': {}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'onFailure': {'task': 't', 'workflow': 'w'}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'onFailure': {'task': 't', 'after': 'a'}, 'steps': {'a': {'task': 't'}}}",
                        "{'workflow': 'w', 'input': {'required': 'x'}, 'steps': {'a': {'task': 't'}}}")) {
            assertAgreed(false, root.replace('\'', '"'));
        }
        for (String step :
                List.of(
                        "{}",
                        "{'task': ''}",
                        "{'workflow': ''}",
                        "{'task': 't', 'workflow': 'w'}",
                        "{'workflow': 'w', 'heartbeat': '30s'}",
                        "{'workflow': 'w', 'cache': {'ttl': '1h'}}",
                        "{'task': 't', 'cache': {}}",
                        "{'task': 't', 'cache': '1h'}",
                        "{'task': 't', 'cache': {'ttl': '1h', 'size': 5}}",
                        "{'wait': '2d', 'cache': {'ttl': '1h'}}",
                        "{'task': 't', 'bundle': ''}",
                        "{'wait': '2d', 'stepTimeout': '1h'}",
                        "{'task': 't', 'stepTimeout': 5}",
                        "{'task': 't', 'retry': {'within': 5}}",
                        "{'task': 't', 'retry': {'notOn': [5]}}",
                        "{'task': 't', 'wait': '2d'}",
                        "{'wait': '2d', 'waitFor': {'signal': 's'}}",
                        "{'wait': 2}",
                        "{'wait': 'tomorrow'}",
                        "{'wait': '2030-01-31'}",
                        "{'wait': '2d', 'retry': {'attempts': 2}}",
                        "{'wait': '2d', 'timeout': '5m'}",
                        "{'waitFor': 'reviewed'}",
                        "{'waitFor': {}}",
                        "{'waitFor': {'signal': ''}}",
                        "{'waitFor': {'signal': 's', 'timeout': 5}}",
                        "{'waitFor': {'signal': 's', 'match': 'x'}}",
                        "{'waitFor': {'signal': 's'}, 'forEach': 'input.x'}",
                        "{'waitFor': {'signal': 's'}, 'input': {'x': 1}}",
                        "{'task': 't', 'after': 5}",
                        "{'task': 't', 'after': ['b', 'b']}",
                        "{'task': 't', 'after': [5]}",
                        "{'task': 't', 'when': 5}",
                        "{'task': 't', 'onFailure': 'alert'}",
                        "{'task': 't', 'repeat': {'until': 'a > 3'}}",
                        "{'task': 't', 'repeat': {'limit': 3}}",
                        "{'task': 't', 'repeat': {'until': 'a', 'limit': 0}}",
                        "{'task': 't', 'repeat': {'until': 'a', 'limit': 3}, 'forEach': 'input.x'}",
                        "{'task': 't', 'compensate': ''}",
                        "{'task': 't', 'compensate': {'input': {}}}",
                        "{'task': 't', 'compensate': {'task': 'u', 'forEach': 'input.x'}}",
                        "{'task': 't', 'forEach': 'x', 'failedItems': {}}",
                        "{'task': 't', 'forEach': 'x', 'failedItems': {'atMost': -1}}",
                        "{'task': 't', 'forEach': 'x', 'failedItems': {'atMost': '101%'}}",
                        "{'task': 't', 'forEach': 'x', 'failedItems': {'atMost': 1, 'x': 2}}",
                        "{'task': 't', 'when': ' '}",
                        "{'task': 't', 'join': 'any'}",
                        "{'task': 't', 'after': 'b', 'join': 'some'}",
                        "{'task': 't', 'after': 'b', 'join': 0}",
                        "{'task': 't', 'after': 'b', 'join': 1.5}",
                        "{'task': 't', 'input': []}",
                        "{'task': 't', 'input': ' '}",
                        "{'task': 't', 'input': 5}",
                        "{'task': 't', 'retry': 3}",
                        "{'task': 't', 'retry': {'attempts': 0}}",
                        "{'task': 't', 'retry': {'attempts': 1.5}}",
                        "{'task': 't', 'retry': {'attempts': '3'}}",
                        "{'task': 't', 'retry': {'backoff': 0.5}}",
                        "{'task': 't', 'retry': {'jitter': 1.1}}",
                        "{'task': 't', 'retry': {'delay': 5}}",
                        "{'task': 't', 'retry': {'delay': '5 s'}}",
                        "{'task': 't', 'retry': {'delay': '1234567890s'}}",
                        "{'task': 't', 'timeout': ''}",
                        "{'task': 't', 'timeout': '-5s'}",
                        "{'task': 't', 'concurrency': 5}",
                        "{'task': 't', 'failedItems': 'stop'}",
                        "{'task': 't', 'forEach': 'x', 'concurrency': 0}",
                        "{'task': 't', 'forEach': 'x', 'concurrency': 10001}",
                        "{'task': 't', 'forEach': 'x', 'failedItems': true}",
                        "{'task': 't', 'forEach': ''}")) {
            assertAgreed(false, FRAME.formatted(step.replace('\'', '"')));
        }
    }

    @Test
    public void durationsOfEveryLengthAgree() throws IOException {
        for (int parts : List.of(1, 10, 50, 51, 100_000)) {
            assertAgreed(
                    parts <= 50,
                    FRAME.formatted("{\"task\": \"t\", \"timeout\": \"%s\"}")
                            .formatted("1s".repeat(parts)));
        }
    }

    /** Values are swapped for values of other kinds, at random places of a good document. */
    @Test
    public void spoiltDocumentsAgree() throws IOException {
        List<String> values =
                List.of(
                        "null",
                        "true",
                        "0",
                        "1",
                        "-1",
                        "1.5",
                        "\"\"",
                        "\"x\"",
                        "\"5s\"",
                        "[]",
                        "{}",
                        "[\"list\"]");
        JsonNode good = JSON.valueToTree(Texts.tree(Texts.GOOD));
        List<String> pointers = new ArrayList<>();
        pointers(good, "", pointers);
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            String pointer = pointers.get(random.nextInt(pointers.size()));
            // names in 'after' and 'required' are what a schema cannot check
            if (!pointer.contains("/after") && !pointer.startsWith("/input")) {
                JsonNode spoilt = good.deepCopy();
                String parent = pointer.substring(0, pointer.lastIndexOf('/'));
                String key = pointer.substring(parent.length() + 1);
                ((ObjectNode) spoilt.at(parent))
                        .set(key, JSON.readTree(values.get(random.nextInt(values.size()))));
                String text = JSON.writeValueAsString(spoilt);
                assertAgreed(Texts.problems(text).isEmpty(), text);
            }
        }
    }

    private void assertAgreed(boolean accepted, String json) throws IOException {
        List<String> problems = Texts.problems(json);
        assertEquals("reader: " + json + problems, accepted, problems.isEmpty());
        var messages = schema.validate(JSON.readTree(json));
        assertEquals("schema: " + json + messages + problems, accepted, messages.isEmpty());
    }

    private static void pointers(JsonNode node, String at, List<String> pointers) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            entry -> {
                                String pointer = at + "/" + entry.getKey();
                                pointers.add(pointer);
                                pointers(entry.getValue(), pointer, pointers);
                            });
        }
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(node());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode node() throws IOException {
        try (InputStream in =
                SchemaTest.class.getResourceAsStream("/OSGI-INF/schema/workflow.schema.json")) {
            return JSON.readTree(in);
        }
    }
}
