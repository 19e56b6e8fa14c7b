package orchestrator.state.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import orchestrator.api.state.Entry;

/**
 * Entries that follow one another in a journal, as one value: what one append wrote is one row, whatever it says. The
 * value begins with a checksum of the rest and the number of its entries, so that a damaged row is noticed when it is read.
 *
 * <p>Rows of the first two versions of the tables hold one entry each, with its type beside the body.
 */
public final class Stretch {
    /** In place of an entry's type: the body holds a stretch. */
    public static final String TYPE = "";

    /** The version of this format. */
    public static final int VERSION = 1;

    /** The columns that {@link #read} needs. */
    static final String COLUMNS = "seq, entries, type, version, at, body";

    private static final int CHECKSUM_BYTES = 4;
    private static final int HEAD_BYTES = CHECKSUM_BYTES + 4;

    /** Of a damaged row not more is told, whatever it says of itself. */
    private static final int MOST_DAMAGED = 10_000;

    private static final int BYTES_BESIDE_BODY = 64;

    private Stretch() {}

    /** The number of a journal's last entry, 0 if there is none, as an expression. */
    public static String lastOf(String run) {
        return "coalesce((SELECT e.seq + e.entries - 1 FROM orc_entry e WHERE e.run = "
                + run
                + " ORDER BY e.seq DESC LIMIT 1), 0)";
    }

    /** The value for entries. */
    public static byte[] write(List<Entry> entries) {
        int size = HEAD_BYTES;
        for (Entry entry : entries) {
            size += entry.body().length + BYTES_BESIDE_BODY;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(0);
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.writeUTF(entry.type());
                out.writeInt(entry.version());
                out.writeLong(Micros.of(entry.at()));
                out.writeInt(entry.body().length);
                out.write(entry.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written but memory
        }
        byte[] value = bytes.toByteArray();
        ByteBuffer.wrap(value).putInt(checksum(value));
        return value;
    }

    private static int checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }

    /** The entries of a row; of one that is damaged, entries that say so. */
    static List<Entry> read(ResultSet row) throws SQLException {
        long first = row.getLong("seq");
        String type = row.getString("type");
        byte[] body = row.getBytes("body");
        int version = row.getInt("version");
        Instant at = Micros.read(row, "at");
        if (!type.equals(TYPE)) {
            return List.of(Entry.of(first, type, version, at, body));
        }
        int count = row.getInt("entries");
        if (version != VERSION) {
            String why =
                    "its row has version %d, which this release does not know; a newer release may have written it";
            return damaged(first, count, at, why.formatted(version));
        }
        return read(first, count, at, body);
    }

    static List<Entry> read(long first, int count, Instant rowAt, byte[] value) {
        if (value.length < HEAD_BYTES || ByteBuffer.wrap(value).getInt() != checksum(value)) {
            return damaged(first, count, rowAt, "its row has another checksum");
        }
        try (DataInputStream in =
                new DataInputStream(
                        new ByteArrayInputStream(
                                value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES))) {
            int written = in.readInt();
            if (written != count) {
                String why = "its row holds %d entries, but says that it holds %d";
                return damaged(first, count, rowAt, why.formatted(written, count));
            }
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String type = in.readUTF();
                int version = in.readInt();
                long at = in.readLong();
                byte[] body = in.readNBytes(in.readInt());
                entries.add(Entry.of(first + i, type, version, Micros.instant(at), body));
            }
            return entries;
        } catch (IOException e) {
            return damaged(first, count, rowAt, "its row holds fewer entries than it says");
        }
    }

    private static List<Entry> damaged(long first, int count, Instant at, String why) {
        byte[] body = "{\"why\":\"%s\"}".formatted(why).getBytes(StandardCharsets.UTF_8);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_DAMAGED, Math.max(1, count)); i++) {
            entries.add(Entry.of(first + i, Entry.DAMAGED, 1, at, body));
        }
        return entries;
    }
}
