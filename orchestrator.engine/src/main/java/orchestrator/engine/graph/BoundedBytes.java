package orchestrator.engine.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in memory up to a limit: what writes more is stopped there, also if it would never end. */
public final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final int limit;

    /** At most that many bytes. */
    public BoundedBytes(int limit) {
        this.limit = limit;
    }

    /** More was written than there may be. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int limit) {
            super("Expected at most %,d bytes as JSON, but found more".formatted(limit));
        }
    }

    @Override
    public void write(int b) throws IOException {
        makeRoom(1);
        bytes.write(b);
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
        makeRoom(length);
        bytes.write(buffer, from, length);
    }

    private void makeRoom(int length) throws IOException {
        if (length > limit - bytes.size()) {
            throw new TooLargeException(limit);
        }
    }

    /** What was written. */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
