package orchestrator.api.run;

import org.osgi.annotation.versioning.ProviderType;

/** What a repair did about a finding, or would do. Immutable. */
@ProviderType
public interface Repair {
    /** What it is about. */
    Finding finding();

    /** What became of it. */
    Outcome outcome();

    /** The same for people, with the reason if it was refused. */
    String message();

    /** What became of a finding. May grow in a minor version. */
    enum Outcome {
        /** Nothing yet: this was a dry run. */
        PLANNED,
        /** It is mended. */
        MENDED,
        /** It cannot be mended; the run is put aside and says why. */
        QUARANTINED,
        /** Nothing was changed: somebody is at work on the run, or the store did not take it. */
        REFUSED
    }
}
