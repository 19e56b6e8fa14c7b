package orchestrator.api.run;

import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** One entry of a run's journal. Immutable. */
@ProviderType
public interface HistoryEntry {
    /** Its number, from 1 without gaps. */
    long sequence();

    /** What happened: {@code AttemptScheduled}, {@code StepCompleted}, … */
    String type();

    /** When, by the store's clock. */
    Instant at();

    /** What it says. */
    Map<String, Object> body();
}
