package orchestrator.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** How a step differs between two definitions of its workflow. Immutable. */
@ProviderType
public interface StepChange {
    /** In which way. */
    enum Kind {
        /** Only the other definition has it. */
        ADDED,
        /** Only the run's definition has it. */
        REMOVED,
        /** Both have it. */
        CHANGED
    }

    /** The step's name. */
    String step();

    /** In which way it differs. */
    Kind kind();

    /** Where it stands in the run; {@link StepStatus#PENDING} if it is added. */
    StepStatus status();

    /** What exactly differs, for people: {@code task: a → b}. */
    List<String> details();
}
