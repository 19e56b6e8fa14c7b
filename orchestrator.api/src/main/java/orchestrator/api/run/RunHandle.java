package orchestrator.api.run;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A run that was accepted. Thread safe. */
@ProviderType
public interface RunHandle {
    /** The run's id. */
    String id();

    /** Whether this start has begun it; false if one before did, with the same start key or of the same retry. */
    boolean isNew();

    /**
     * Completes when the run's end is durable, whatever its status, on a thread of the platform; never if this node or
     * the bundle that started the run stops before.
     */
    CompletionStage<RunDetails> result();
}
