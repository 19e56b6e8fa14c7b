package orchestrator.engine.core;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Instant;
import java.util.Arrays;
import orchestrator.api.state.Entry;
import org.junit.Test;

/** Whatever byte of a stored entry is changed, it is noticed. */
public class SealTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final FactCodec codec = new FactCodec();
    private final Fact fact = new Fact.StepFailed("index", "io", "disk", false);
    private final Entry written = new FactEntry(7, AT, fact, codec);

    private static Entry stored(long sequence, String type, int version, Instant at, byte[] body) {
        return Entry.of(sequence, type, version, at, body);
    }

    private Entry withBody(byte[] body) {
        return stored(7, "StepFailed", 1, AT, body);
    }

    @Test
    public void aSealedEntryIsReadBack() {
        assertEquals(fact, codec.decode(withBody(written.body())));
        assertArrayEquals(codec.encode(fact), Seal.open(withBody(written.body())));
    }

    @Test
    public void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * written.body().length; bit++) {
            byte[] body = written.body().clone();
            body[bit / 8] ^= (byte) (1 << (bit % 8));
            Entry damaged = withBody(body);
            assertThrows("bit " + bit, UnknownEntryException.class, () -> codec.decode(damaged));
        }
    }

    @Test
    public void everyTornBodyIsNoticedUnlessAllOfItsJsonIsThere() {
        int json = codec.encode(fact).length;
        for (int length = 0; length < written.body().length; length++) {
            Entry torn = withBody(Arrays.copyOf(written.body(), length));
            if (length == json) {
                assertEquals(fact, codec.decode(torn));
            } else {
                assertThrows(
                        "length " + length, UnknownEntryException.class, () -> codec.decode(torn));
            }
        }
    }

    @Test
    public void whatIsStoredBesideTheBodyIsSealedToo() {
        byte[] body = written.body();
        for (Entry other :
                new Entry[] {
                    stored(8, "StepFailed", 1, AT, body),
                    stored(7, "ItemFailed", 1, AT, body),
                    stored(7, "StepFailed", 1, AT.plusNanos(1000), body)
                }) {
            assertThrows(UnknownEntryException.class, () -> codec.decode(other));
        }
    }
}
