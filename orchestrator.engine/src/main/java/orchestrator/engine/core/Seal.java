package orchestrator.engine.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.zip.CRC32C;
import orchestrator.api.state.Entry;

/**
 * The end of an entry's stored body, by which damage is found: a line break and the CRC-32C, as eight hexadecimal digits,
 * of the JSON before it and of what the store keeps beside it. Few stores notice that a byte was changed on their disk,
 * and a changed byte within a string would else be taken for the truth.
 */
public final class Seal {
    private static final int LENGTH = 9;
    private static final byte BREAK = '\n';

    private Seal() {}

    /** The body as it is stored. */
    static byte[] put(byte[] json, long sequence, String type, int version, Instant at) {
        byte[] sealed = Arrays.copyOf(json, json.length + LENGTH);
        byte[] seal = seal(json, json.length, sequence, type, version, at);
        System.arraycopy(seal, 0, sealed, json.length, LENGTH);
        return sealed;
    }

    /**
     * The JSON of an entry. A body that ends with its JSON was never sealed.
     *
     * @throws UnknownEntryException if it was changed since it was written
     */
    public static byte[] open(Entry entry) {
        byte[] body = entry.body();
        if (body.length > 0 && body[body.length - 1] == '}') {
            return body;
        }
        int length = body.length - LENGTH;
        if (length < 0
                || !Arrays.equals(
                        body,
                        length,
                        body.length,
                        seal(
                                body,
                                length,
                                entry.sequence(),
                                entry.type(),
                                entry.version(),
                                entry.at()),
                        0,
                        LENGTH)) {
            throw new UnknownEntryException(
                    "Expected the body of a %s in entry %d as it was written, but it is damaged: its checksum differs"
                            .formatted(entry.type(), entry.sequence()));
        }
        return Arrays.copyOf(body, length);
    }

    private static byte[] seal(
            byte[] json, int length, long sequence, String type, int version, Instant at) {
        CRC32C sum = new CRC32C();
        sum.update(json, 0, length);
        sum.update(type.getBytes(StandardCharsets.UTF_8));
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at); // as exact as stores are
        ByteBuffer beside =
                ByteBuffer.allocate(20).putLong(sequence).putInt(version).putLong(micros);
        sum.update(beside.flip());
        byte[] seal = new byte[LENGTH];
        seal[0] = BREAK;
        long value = sum.getValue();
        for (int i = LENGTH - 1; i > 0; i--) {
            seal[i] = (byte) Character.forDigit((int) (value & 0xf), 16);
            value >>>= 4;
        }
        return seal;
    }
}
