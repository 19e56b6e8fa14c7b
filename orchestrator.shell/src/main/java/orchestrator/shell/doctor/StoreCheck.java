package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.StateBackend;
import orchestrator.shell.output.Screen;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Whether the engine is there and has its store, and what that store does not keep. */
final class StoreCheck extends Check {
    private static final String ENGINE = "orchestrator.engine";
    private static final String MEMORY = "orchestrator.state.memory";
    private static final String STORES = "orchestrator.state.";
    private static final String INSTALL = "Install one: feature:install orchestrator-jdbc.";

    StoreCheck() {
        super("store");
    }

    /** A backend that is there. */
    private record Store(String name, boolean durable) {
        String shown() {
            return name + (durable ? "" : " (not durable)");
        }
    }

    @Override
    List<Trouble> look(Surroundings there) {
        if (there.context() == null) {
            return List.of();
        }
        if (there.workflows() == null && there.bundle(ENGINE).isEmpty()) {
            return List.of(
                    error(
                            "There is no engine: the bundle orchestrator.engine is not installed.",
                            "feature:install orchestrator."));
        }
        List<Store> stores = stores(there.context());
        String chosen = chosen(there);
        List<Store> fitting = stores.stream().filter(store -> fits(store, chosen)).toList();
        if (fitting.isEmpty()) {
            return List.of(
                    stores.isEmpty() && chosen.isEmpty() ? noStore(there) : away(stores, chosen));
        } else if (fitting.size() > 1 && chosen.isEmpty()) {
            return List.of(
                    error(
                            "The engine has no store, since several are there and none is chosen: %s."
                                    .formatted(names(stores)),
                            "Choose one with state.name in etc/orchestrator.engine.cfg."));
        } else if (there.workflows() == null) {
            return List.of(
                    error(
                            "A store is there (%s), but the engine is not ready."
                                    .formatted(names(stores)),
                            "It comes in a moment, or a value in etc/orchestrator.engine.cfg is wrong: log:display says which."));
        }
        return fitting.get(0).durable() ? List.of() : List.of(forgets(there));
    }

    /** No backend is registered, though a bundle that has one may be installed. */
    private Trouble noStore(Surroundings there) {
        List<String> silent =
                there.bundles().stream()
                        .filter(
                                bundle ->
                                        String.valueOf(bundle.getSymbolicName()).startsWith(STORES))
                        .map(Names::of)
                        .toList();
        String what =
                "There is no store (no StateBackend service): nothing can be started, and no run goes on.";
        if (silent.isEmpty()) {
            return error(what, INSTALL);
        }
        return error(
                what
                        + " Installed is %s, but its store does not answer or could not be opened."
                                .formatted(String.join(", ", silent)),
                "See that the database is up and that etc/%s.cfg is right; log:display says why it was not opened."
                        .formatted(silent.get(0).split(" ", 2)[0]));
    }

    private Trouble away(List<Store> stores, String chosen) {
        if (!chosen.isEmpty()) {
            return error(
                    "The engine has no store: etc/orchestrator.engine.cfg says state.name = %s, but found is %s."
                            .formatted(chosen, names(stores)),
                    "feature:install orchestrator-%s, see why it did not open (log:display), or correct state.name."
                            .formatted(chosen));
        }
        return error(
                "The engine has no durable store; found is %s, which is never taken unasked."
                        .formatted(names(stores)),
                INSTALL + " Or choose another with state.name in etc/orchestrator.engine.cfg.");
    }

    private Trouble forgets(Surroundings there) {
        return warning(
                "The store is in memory: all runs are lost when the process stops or the bundle %s is updated or refreshed%s."
                        .formatted(MEMORY, unfinished(there)),
                "For runs that must survive, take state.name = memory out of etc/orchestrator.engine.cfg, with orchestrator-jdbc installed (feature:install orchestrator-jdbc).");
    }

    private static String unfinished(Surroundings there) {
        if (there.states() == null) {
            return "";
        }
        long open =
                there.states().count().entrySet().stream()
                        .filter(entry -> !entry.getKey().isFinal())
                        .mapToLong(Map.Entry<RunStatus, Long>::getValue)
                        .sum();
        return ", now %s that %s not ended"
                .formatted(Screen.count(open, "run"), open == 1 ? "has" : "have");
    }

    private static boolean fits(Store store, String chosen) {
        return chosen.isEmpty() ? store.durable() : chosen.equals(store.name());
    }

    private static String names(List<Store> stores) {
        return stores.isEmpty()
                ? "none"
                : String.join(", ", stores.stream().map(Store::shown).sorted().toList());
    }

    /** What the engine's configuration names; empty if nothing. */
    private static String chosen(Surroundings there) {
        return Settings.of(there, ENGINE).text("state.name").strip();
    }

    private static List<Store> stores(BundleContext context) {
        List<Store> stores = new ArrayList<>();
        try {
            for (ServiceReference<StateBackend> reference :
                    context.getServiceReferences(StateBackend.class, null)) {
                stores.add(
                        new Store(
                                String.valueOf(reference.getProperty(StateBackend.STATE_NAME)),
                                Boolean.TRUE.equals(
                                        reference.getProperty(StateBackend.STATE_DURABLE))));
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // there is no filter
        }
        return stores;
    }
}
