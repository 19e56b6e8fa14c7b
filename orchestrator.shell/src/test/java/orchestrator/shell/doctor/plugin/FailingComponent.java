package orchestrator.shell.doctor.plugin;

/** A component that cannot be made. */
public final class FailingComponent {
    /** Fails. */
    public FailingComponent() {
        throw new IllegalStateException("Expected a licence, but found none");
    }
}
