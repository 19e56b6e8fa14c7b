package orchestrator.engine.core;

import java.time.Instant;
import orchestrator.api.state.Entry;

/** An entry that knows its fact; its body is encoded and sealed when a store asks for it. */
public final class FactEntry implements Entry {
    private final long sequence;
    private final Instant at;
    private final Fact fact;
    private final FactCodec codec;
    private volatile byte[] body;

    /** An entry to be appended. */
    public FactEntry(long sequence, Instant at, Fact fact, FactCodec codec) {
        this.sequence = sequence;
        this.at = at;
        this.fact = fact;
        this.codec = codec;
    }

    /** What it says. */
    public Fact fact() {
        return fact;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public String type() {
        return FactCodec.type(fact);
    }

    @Override
    public int version() {
        return fact.version();
    }

    @Override
    public Instant at() {
        return at;
    }

    @Override
    public byte[] body() {
        byte[] encoded = body;
        if (encoded == null) {
            encoded = Seal.put(codec.encode(fact), sequence, type(), version(), at);
            body = encoded;
        }
        return encoded;
    }
}
