package orchestrator.engine.graph;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value that crossed the boundary of an attempt: immutable JSON bytes, parsed only when they are read. Thread safe.
 */
public final class Payload {
    /** The payload of nothing. */
    public static final Payload NULL = new Payload("null".getBytes(StandardCharsets.UTF_8));

    private final byte[] json;
    private volatile SoftReference<Object> parsed;

    private Payload(byte[] json) {
        this.json = json;
    }

    /** A payload of bytes that nobody changes any more. */
    public static Payload of(byte[] json) {
        return new Payload(json);
    }

    /** The payload of a tree. */
    public static Payload ofTree(Object tree) {
        return tree == null ? NULL : new Payload(Json.write(tree));
    }

    /** The bytes; not to be changed. */
    public byte[] json() {
        return json;
    }

    /** The number of bytes. */
    public int size() {
        return json.length;
    }

    /** The value as an unmodifiable tree. */
    public Object value() {
        SoftReference<Object> reference = parsed;
        Object value = reference == null ? null : reference.get();
        if (value == null) {
            value = Json.read(json);
            parsed = new SoftReference<>(value);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(json, that.json);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(json);
    }

    @Override
    public String toString() {
        return new String(json, StandardCharsets.UTF_8);
    }
}
