package orchestrator.api.state;

/**
 * A run's state after an entry of its journal.
 *
 * @param sequence the last entry that it holds
 * @param version the version of its format
 * @param state opaque bytes
 */
@SuppressWarnings("ArrayRecordComponent") // opaque and never compared
public record Snapshot(long sequence, int version, byte[] state) {}
