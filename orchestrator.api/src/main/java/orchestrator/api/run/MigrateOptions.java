package orchestrator.api.run;

import java.util.Objects;
import java.util.Optional;

/** How a run is brought to another definition of its workflow. Immutable. */
public final class MigrateOptions {
    private static final MigrateOptions NONE = new MigrateOptions(null, false);

    private final String version;
    private final boolean isDryRun;

    private MigrateOptions(String version, boolean isDryRun) {
        this.version = version;
        this.isDryRun = isDryRun;
    }

    /** To the version that a start by name takes. */
    public static MigrateOptions none() {
        return NONE;
    }

    /** To that version; it must be registered. */
    public MigrateOptions to(String newVersion) {
        return new MigrateOptions(Objects.requireNonNull(newVersion, "version"), isDryRun);
    }

    /** Only tells what would change. */
    public MigrateOptions dryRun() {
        return new MigrateOptions(version, true);
    }

    /** The version, if one was named. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** Whether nothing is changed. */
    public boolean isDryRun() {
        return isDryRun;
    }
}
