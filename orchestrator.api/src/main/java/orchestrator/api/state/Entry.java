package orchestrator.api.state;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One entry of a journal. Immutable, thread safe. A store keeps what the accessors give; {@link #body} may be encoded at
 * its first call.
 */
@ProviderType
public interface Entry {
    /**
     * The type of an entry that a store finds damaged, in place of what it was: its body is a JSON object whose
     * {@code why} says what is wrong. Never written.
     */
    String DAMAGED = "Damaged";

    /** Its number, from 1 without gaps. */
    long sequence();

    /** What happened, a name of 1 to 64 visible ASCII characters. */
    String type();

    /** The version of the body's format, from 1. */
    int version();

    /** When, by the store's clock, to the microsecond. */
    Instant at();

    /** The body's bytes, not to be changed; at most 16 MiB. */
    byte[] body();

    /** An entry that was read from a store. */
    static Entry of(long sequence, String type, int version, Instant at, byte[] body) {
        return new StoredEntry(sequence, type, version, at, body);
    }
}
