package orchestrator.engine.osgi;

import java.util.Map;
import java.util.TreeMap;
import orchestrator.api.state.StateBackend;
import orchestrator.engine.runtime.Engine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the store among the backends that are there: by name, or else the one that is durable. Memory is never fallen
 * back to, and several that fit without a choice are refused by name.
 */
final class BackendChoice extends ServiceTracker<StateBackend, StateBackend> {
    private static final Logger LOG = LoggerFactory.getLogger(BackendChoice.class);

    private final String name;
    private final Engine engine;
    private final Map<ServiceReference<StateBackend>, StateBackend> there = new TreeMap<>();
    private StateBackend chosen;
    private boolean opened;
    private boolean closing;

    BackendChoice(BundleContext context, String name, Engine engine) {
        super(context, StateBackend.class, null);
        this.name = name;
        this.engine = engine;
    }

    /** Chooses once all that are there already are known, so that the first of several is not taken for the only one. */
    @Override
    public void open(boolean trackAllServices) {
        super.open(trackAllServices);
        synchronized (this) {
            opened = true;
        }
        choose();
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        super.close();
    }

    @Override
    public StateBackend addingService(ServiceReference<StateBackend> reference) {
        StateBackend backend = super.addingService(reference);
        if (backend != null) {
            synchronized (this) {
                there.put(reference, backend);
            }
            choose();
        }
        return backend;
    }

    @Override
    public void removedService(ServiceReference<StateBackend> reference, StateBackend backend) {
        synchronized (this) {
            there.remove(reference);
        }
        choose();
        super.removedService(reference, backend);
    }

    /** Why there is no store, for people; null if there is one. */
    synchronized String problem() {
        if (chosen != null) {
            return null;
        }
        String present = names();
        if (!name.isEmpty()) {
            return "Expected the StateBackend '%s' (state.name in etc/orchestrator.engine.cfg), but found %s"
                    .formatted(name, present);
        }
        long fitting = there.keySet().stream().filter(this::fits).count();
        return fitting > 1
                ? "Expected one durable StateBackend, but found several: %s. Choose with state.name in etc/orchestrator.engine.cfg"
                        .formatted(present)
                : "Expected a durable StateBackend, but found %s. Install one (feature:install orchestrator-jdbc), or choose one that is not durable with state.name in etc/orchestrator.engine.cfg"
                        .formatted(present);
    }

    private String names() {
        return there.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        there.keySet().stream()
                                .map(r -> String.valueOf(r.getProperty(StateBackend.STATE_NAME)))
                                .sorted()
                                .toList());
    }

    private boolean fits(ServiceReference<StateBackend> reference) {
        return name.isEmpty()
                ? Boolean.TRUE.equals(reference.getProperty(StateBackend.STATE_DURABLE))
                : name.equals(reference.getProperty(StateBackend.STATE_NAME));
    }

    /** One choice after the other, so that what is attached last is what was chosen last. */
    private synchronized void choose() {
        if (!opened) {
            return;
        }
        StateBackend before = chosen;
        var fitting = there.keySet().stream().filter(this::fits).toList();
        boolean byName = !name.isEmpty() && !fitting.isEmpty();
        ServiceReference<StateBackend> one =
                byName
                        ? fitting.get(fitting.size() - 1) // the highest ranking sorts last
                        : fitting.size() == 1 ? fitting.get(0) : null;
        chosen = one == null ? null : there.get(one);
        if (chosen != before) {
            if (before != null && context.getBundle(0).getState() == Bundle.STOPPING) {
                engine.leave(); // while the store still answers: others need not wait for the lease
            }
            if (before != null) {
                engine.detach(before);
            }
            if (chosen != null) {
                engine.attach(chosen);
            }
        }
        String problem = problem();
        if (problem == null || closing || context.getBundle(0).getState() == Bundle.STOPPING) {
            return;
        }
        if (before == null && there.isEmpty()) {
            // At each start, for as long as the store takes to open.
            LOG.info("The engine waits for its store; starts are refused until then. {}", problem);
        } else {
            LOG.warn("The engine has no store; starts are refused until there is one. {}", problem);
        }
    }
}
