package itests.crash;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunSummary;
import orchestrator.api.state.StateBackend;

/**
 * What an operator does about damaged runs for which other runs wait: looks that they are put aside, that those who wait
 * say for which run and why, and then ends some of them, and brings the journals of the others back from a copy.
 */
final class DamagedParts {
    private final Cluster cluster;
    private final Ledger ledger;
    private final StateBackend store;
    private final List<String> losses = new ArrayList<>();
    private final Map<String, Long> said = new HashMap<>();

    DamagedParts(Cluster cluster, Ledger ledger, StateBackend store) {
        this.cluster = cluster;
        this.ledger = ledger;
        this.store = store;
    }

    /**
     * Deals with all of them.
     *
     * @return what was wrong
     */
    List<String> mend() throws SQLException {
        boolean cancel = true;
        for (Map.Entry<String, String> part : cluster.damagedChildren().entrySet()) {
            awaitQuarantine(part.getKey());
            awaitParent(part.getKey(), part.getValue());
            if (cancel) {
                cancel(part.getKey());
            } else {
                restore(part.getKey());
            }
            cancel = !cancel;
        }
        cluster.damagedChildren().clear();
        return losses;
    }

    private RunSummary summary(String run) {
        return store.summaries(Set.of(run)).get(0);
    }

    private static boolean isQuarantined(RunSummary s) {
        return s.reason() != null && s.reason().code().equals("quarantined");
    }

    private void awaitQuarantine(String child) {
        Wait.until(
                () -> "damaged run %s to be quarantined: %s".formatted(child, summary(child)),
                () -> isQuarantined(summary(child)));
    }

    /** Unless an operator has ended it too. */
    private void awaitParent(String child, String parent) {
        Wait.until(
                () -> "%s to wait for %s: %s".formatted(parent, child, summary(parent)),
                () -> {
                    RunSummary s = summary(parent);
                    if (s.status() == RunStatus.PAUSED) {
                        saySlowly("resume " + parent);
                    }
                    return s.status().isFinal() || s.status() == RunStatus.WAITING;
                });
        if (summary(parent).status().isFinal()) {
            if (!ledger.isCancelled(parent)) {
                losses.add("run %s ended before its damaged part %s".formatted(parent, child));
            }
            return;
        }
        String expected = "WAITING child " + child;
        Wait.until(
                () ->
                        "the status of %s to tell of %s, but found: %s"
                                .formatted(parent, child, ledger.status(parent)),
                () -> {
                    saySlowly("status " + parent);
                    String found = ledger.status(parent);
                    return found.startsWith(expected) && found.contains("quarantined");
                });
    }

    private void cancel(String child) {
        cluster.givenUp().add(child);
        Wait.until(
                () -> "%s to be ended: %s".formatted(child, summary(child)),
                () -> {
                    saySlowly("cancel " + child);
                    return summary(child).status() == RunStatus.CANCELLED;
                });
    }

    private void restore(String child) throws SQLException {
        Damage.restore(cluster.server(), child);
        cluster.damaged().remove(child);
        Wait.until(
                () -> "%s to go on: %s".formatted(child, summary(child)),
                () -> {
                    saySlowly("resume " + child);
                    return !isQuarantined(summary(child));
                });
    }

    /** A node may be asked while it cannot answer: once more then, not at once. */
    private void saySlowly(String command) {
        long now = System.nanoTime();
        Long last = said.get(command);
        if (last == null || now - last > 2_000_000_000L) {
            said.put(command, now);
            cluster.say(command);
        }
    }
}
