package orchestrator.api.run;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A workflow that is registered now. Immutable. */
@ProviderType
public interface WorkflowInfo {
    /** Its name. */
    String name();

    /** Its version, as written; empty if it is broken beyond reading. */
    String version();

    /** Where it came from: the bundle, and the file if there is one. */
    String source();

    /** SHA-256 of its canonical form, in hexadecimal; empty if it is broken. */
    String hash();

    /** The canonical document; empty if it is broken. */
    Map<String, Object> document();

    /** Its steps, each after those that it comes after. */
    List<String> steps();

    /** What is wrong with it; empty if it can be run. */
    List<String> problems();

    /** The tasks that it needs and that no plugin offers now; {@code workflow:} and a name for workflows. */
    List<String> missingTasks();

    /** Whether a start by name takes this one: the newest version that is not broken. */
    boolean isCurrent();
}
