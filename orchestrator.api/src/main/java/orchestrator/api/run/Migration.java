package orchestrator.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A run and another definition of its workflow: what differs, and what became of it. Immutable. */
@ProviderType
public interface Migration {
    /** The run. */
    String runId();

    /** The version of the definition that the run has, or had. */
    String from();

    /** The version of the other definition. */
    String to();

    /** The steps that differ. */
    List<StepChange> changes();

    /**
     * What differs of the workflow beside its steps, with the path to its place, for people:
     * {@code output.total: ${sum} → ${count}}. A run keeps the deadline and the priority that it has.
     */
    List<String> differences();

    /** Why the run cannot go on with the other definition; empty if it can. */
    List<String> refusals();

    /** Whether the run has the other definition now; never after a dry run. */
    boolean isDone();
}
