package orchestrator.api.run;

import org.osgi.annotation.versioning.ProviderType;

/** What a check or a repair has seen. Immutable. */
@ProviderType
public interface CheckReport {
    /** How many runs were looked at. */
    long runs();

    /** How many findings there were. */
    long findings();

    /** How many of them were mended. */
    long mended();

    /** Whether the store could be looked into; if not, only journals and summaries were. */
    boolean isComplete();
}
