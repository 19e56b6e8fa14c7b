package orchestrator.engine.runtime;

import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import orchestrator.engine.time.NodeClock;

/** Gives ids that sort by time: 48 bits of milliseconds and 80 random bits, as UUID version 7 (RFC 9562) without dashes. */
final class RunIds implements Supplier<String> {
    private static final HexFormat HEX = HexFormat.of();

    private final NodeClock clock;
    private final Consumer<byte[]> random;

    /** @param random fills with bytes that nobody can guess */
    RunIds(NodeClock clock, Consumer<byte[]> random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String get() {
        byte[] tail = new byte[10];
        random.accept(tail);
        tail[0] = (byte) (0x70 | (tail[0] & 0x0f));
        tail[2] = (byte) (0x80 | (tail[2] & 0x3f));
        return HEX.toHexDigits(clock.now().toEpochMilli(), 12) + HEX.formatHex(tail);
    }
}
