package orchestrator.api.run;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/** A node that is a member of the store. Times are the store's. Immutable. */
@ProviderType
public interface NodeInfo {
    /** The node's persisted id. */
    String id();

    /** How often it has entered. */
    long incarnation();

    /** When its lease was prolonged last; empty if the store does not tell. */
    Optional<Instant> renewed();

    /** Until when its lease lasts; empty if the store does not tell. */
    Optional<Instant> leaseUntil();

    /** How many runs it owns; empty if the store does not tell. */
    OptionalLong runs();

    /** Whether its lease has expired, so that another node may take its runs over. */
    boolean isExpired();

    /** Whether it is the node that was asked. */
    boolean isThis();
}
