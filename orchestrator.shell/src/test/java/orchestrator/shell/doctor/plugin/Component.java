package orchestrator.shell.doctor.plugin;

/** A component that does nothing. */
public final class Component implements Runnable {
    @Override
    public void run() {
        throw new UnsupportedOperationException("Nobody asks it to");
    }
}
