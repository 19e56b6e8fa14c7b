package orchestrator.state.redis;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import orchestrator.api.state.Entry;
import orchestrator.api.state.Mail;
import orchestrator.api.state.RunSummary;

/** The bytes of summaries, entries and messages. */
final class Codec {
    private static final Gson GSON =
            new GsonBuilder().registerTypeAdapter(Instant.class, new InstantText()).create();

    private Codec() {}

    static byte[] encode(RunSummary summary) {
        return GSON.toJson(summary).getBytes(StandardCharsets.UTF_8);
    }

    static RunSummary summary(byte[] bytes) {
        return GSON.fromJson(new String(bytes, StandardCharsets.UTF_8), RunSummary.class);
    }

    static String list(Collection<String> values) {
        return GSON.toJson(values);
    }

    static byte[] encode(Entry entry) {
        byte[] type = entry.type().getBytes(StandardCharsets.US_ASCII);
        byte[] body = entry.body();
        return ByteBuffer.allocate(24 + type.length + body.length)
                .putLong(entry.sequence())
                .putInt(entry.version())
                .putLong(micros(entry.at()))
                .putInt(type.length)
                .put(type)
                .put(body)
                .array();
    }

    static Entry entry(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long sequence = in.getLong();
        int version = in.getInt();
        Instant at = instant(in.getLong());
        byte[] type = new byte[in.getInt()];
        in.get(type);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return Entry.of(sequence, new String(type, StandardCharsets.US_ASCII), version, at, body);
    }

    static Mail mail(String run, long number, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte[] id = new byte[in.getInt()];
        in.get(id);
        byte[] body = new byte[in.remaining()];
        in.get(body);
        return new Mail(run, number, new String(id, StandardCharsets.UTF_8), body);
    }

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static final class InstantText extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value == null ? null : value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return Instant.parse(in.nextString());
        }
    }
}
