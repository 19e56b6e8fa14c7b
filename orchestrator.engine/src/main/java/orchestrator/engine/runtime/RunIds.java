package orchestrator.engine.runtime;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import orchestrator.engine.time.NodeClock;

/** Gives ids that sort by time: 48 bits of milliseconds and 80 random bits, as UUID version 7 (RFC 9562) without dashes. */
final class RunIds implements Supplier<String> {
    private static final HexFormat HEX = HexFormat.of();

    private final SecureRandom random = new SecureRandom();
    private final NodeClock clock;

    RunIds(NodeClock clock) {
        this.clock = clock;
    }

    @Override
    public String get() {
        byte[] tail = new byte[10];
        random.nextBytes(tail);
        tail[0] = (byte) (0x70 | (tail[0] & 0x0f));
        tail[2] = (byte) (0x80 | (tail[2] & 0x3f));
        return HEX.toHexDigits(clock.now().toEpochMilli(), 12) + HEX.formatHex(tail);
    }
}
