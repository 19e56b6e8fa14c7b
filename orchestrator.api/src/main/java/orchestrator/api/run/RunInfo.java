package orchestrator.api.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One line about a run: what is durable about it. Immutable. */
@ProviderType
public interface RunInfo {
    /** The run's id. */
    String id();

    /** The workflow's name. */
    String workflow();

    /** The version of the definition that the run started with. */
    String version();

    /** Where the run stands. */
    RunStatus status();

    /** Why it does not go on right now, if it does not. */
    Optional<Reason> reason();

    /** Finished work of all known work, 0 to 100. */
    int progress();

    /** When the start was accepted, by the store's clock. */
    Instant created();

    /** When its first attempt was scheduled. */
    Optional<Instant> started();

    /** When it ended. */
    Optional<Instant> ended();

    /** Why it failed. */
    Optional<String> error();

    /** The id of the run that started it, if a step of another run did. */
    Optional<String> parent();

    /** The id of the run whose failed steps it tries again, if it does. */
    Optional<String> origin();

    /** The labels given at its start. */
    Map<String, String> labels();
}
