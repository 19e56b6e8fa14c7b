package orchestrator.api.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What one entry of a run's journal tells, for people. Immutable. */
@ProviderType
public interface TimelineEntry {
    /** The entry's number. */
    long sequence();

    /** When, by the store's clock. */
    Instant at();

    /** The step that it is about, with the item in brackets; empty if it is about the run. */
    String step();

    /** What happened. */
    String text();

    /** How long what ended with it has taken: an attempt, a wait, a pause, the step or the run. */
    Optional<Duration> took();
}
