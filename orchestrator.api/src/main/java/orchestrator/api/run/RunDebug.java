package orchestrator.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What there is to know when a run does not do what somebody expects of it. Immutable. */
@ProviderType
public interface RunDebug {
    /** Where it stands; {@link RunDetails} if its journal can be read. */
    RunInfo run();

    /** Why it stands there; never empty, the most important first. */
    List<Explanation> why();

    /** What happened to it, as far as its journal can be read, oldest first: its newest 10,000 entries. */
    List<TimelineEntry> timeline();
}
