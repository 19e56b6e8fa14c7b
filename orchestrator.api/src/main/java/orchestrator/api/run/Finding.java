package orchestrator.api.run;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Something in the store that is not as it should be. Immutable. */
@ProviderType
public interface Finding {
    /**
     * What is wrong, for machines: {@code journal-gap}, {@code entry} (cannot be read), {@code definition} (missing or
     * broken), {@code summary} (not what the journal says), {@code owner}, {@code inbox}, {@code index}, {@code
     * snapshot}, {@code stray} (belongs to no run), {@code start-key}, {@code lease}; may grow.
     */
    String code();

    /** The run that it concerns; empty if it concerns a node. */
    Optional<String> runId();

    /** What was expected and found. */
    String message();

    /** What a repair does about it, for people. */
    String remedy();

    /** Whether a repair can mend it: what is lost can only be made visible. */
    boolean isMendable();
}
