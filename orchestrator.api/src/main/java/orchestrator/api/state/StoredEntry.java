package orchestrator.api.state;

import java.time.Instant;

/** An entry with its encoded body. */
@SuppressWarnings("ArrayRecordComponent") // bodies are opaque, shared and never compared
record StoredEntry(long sequence, String type, int version, Instant at, byte[] body)
        implements Entry {}
