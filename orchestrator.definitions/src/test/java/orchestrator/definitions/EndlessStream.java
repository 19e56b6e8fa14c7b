package orchestrator.definitions;

import java.io.InputStream;
import java.util.Arrays;

/** A file without an end, that counts what is read of it. */
final class EndlessStream extends InputStream {
    long read;

    @Override
    public int read() {
        read++;
        return '#';
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        Arrays.fill(bytes, from, from + length, (byte) '#');
        read += length;
        return length;
    }
}
