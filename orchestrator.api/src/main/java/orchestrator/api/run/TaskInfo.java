package orchestrator.api.run;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A task that a plugin offers now, or that could not be taken. Immutable. */
@ProviderType
public interface TaskInfo {
    /** Its name. */
    String name();

    /** Its version. */
    String version();

    /** The bundle that it comes from. */
    String bundle();

    /** Attempts in progress on this node. */
    int running();

    /** What it does on this node that it should not, one sentence each: bodies that ignore their interrupt, and the like. */
    List<String> complaints();

    /** Why it is not used, if it is not. */
    Optional<String> problem();
}
