package orchestrator.state.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the databases keep them: microseconds since 1970. */
public final class Micros {
    private static final long MILLION = 1_000_000L;

    private Micros() {}

    /** The stored form; null stays null. */
    public static Long of(Instant instant) {
        return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** The instant that was stored. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1000L);
    }

    /** The instant in a column, or null. */
    public static Instant read(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }
}
