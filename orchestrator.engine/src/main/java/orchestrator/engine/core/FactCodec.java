package orchestrator.engine.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import orchestrator.api.state.Entry;
import orchestrator.engine.graph.Json;
import orchestrator.engine.graph.Payload;

/** Writes facts as bodies of entries and reads them back. Thread safe. */
public final class FactCodec {
    /** One for all: it sees no classes but those of facts. */
    private static final ObjectMapper MAPPER = newMapper();

    private static final Map<String, Class<?>> TYPES =
            Arrays.stream(Fact.class.getPermittedSubclasses())
                    .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, c -> c));

    private static ObjectMapper newMapper() {
        SimpleModule module = new SimpleModule("facts");
        module.addSerializer(Instant.class, new InstantWriter());
        module.addDeserializer(Instant.class, new InstantReader());
        module.addSerializer(Payload.class, new PayloadWriter());
        module.addDeserializer(Payload.class, new PayloadReader());
        return Json.newMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .registerModule(module);
    }

    /** The type of the entry that a fact makes. */
    public static String type(Fact fact) {
        return fact.getClass().getSimpleName();
    }

    /** A fact's body. */
    public byte[] encode(Fact fact) {
        try {
            return MAPPER.writeValueAsBytes(fact);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Facts can be written: " + e.getMessage(), e);
        }
    }

    /**
     * What an entry says.
     *
     * @throws UnknownEntryException if this release does not know it, or its body is damaged
     */
    public Fact decode(Entry entry) {
        if (entry instanceof FactEntry live) {
            return live.fact();
        }
        if (entry.type().equals(Entry.DAMAGED)) {
            throw new UnknownEntryException(
                    "Expected entry %d as it was written, but it is damaged: %s"
                            .formatted(
                                    entry.sequence(),
                                    new String(entry.body(), StandardCharsets.UTF_8)));
        }
        Class<?> type = TYPES.get(entry.type());
        if (type == null || entry.version() != 1) {
            throw new UnknownEntryException(
                    "Expected an entry that this release knows, but entry %d is %s version %d; a newer release may have written it"
                            .formatted(entry.sequence(), entry.type(), entry.version()));
        }
        byte[] json = Seal.open(entry);
        try {
            Fact fact = (Fact) MAPPER.readValue(json, type);
            if (fact == null) {
                throw damaged(entry, "it says nothing");
            }
            return fact;
        } catch (IOException e) {
            throw damaged(entry, e.getMessage());
        }
    }

    private static UnknownEntryException damaged(Entry entry, String why) {
        return new UnknownEntryException(
                "Expected the body of a %s in entry %d, but it is damaged: %s"
                        .formatted(entry.type(), entry.sequence(), why));
    }

    private static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(value.toString());
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            return Instant.parse(in.getText());
        }
    }

    private static final class PayloadWriter extends StdSerializer<Payload> {
        private static final long serialVersionUID = 1L;

        PayloadWriter() {
            super(Payload.class);
        }

        @Override
        public void serialize(Payload value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeRawValue(new String(value.json(), StandardCharsets.UTF_8));
        }
    }

    private static final class PayloadReader extends StdDeserializer<Payload> {
        private static final long serialVersionUID = 1L;

        PayloadReader() {
            super(Payload.class);
        }

        @Override
        public Payload deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            JsonNode tree = context.readTree(in);
            return Payload.of(MAPPER.writeValueAsBytes(tree));
        }

        @Override
        public Payload getNullValue(DeserializationContext context) {
            return Payload.NULL;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
