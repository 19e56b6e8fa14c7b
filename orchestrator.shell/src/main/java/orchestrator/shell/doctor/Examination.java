package orchestrator.shell.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks, one after the other. */
public final class Examination {
    private static final List<Check> CHECKS =
            List.of(
                    new StoreCheck(),
                    new BundlesCheck(),
                    new ComponentsCheck(),
                    new TasksCheck(),
                    new WorkflowsCheck(),
                    new MissingCheck(),
                    new HeldRunsCheck(),
                    new NodesCheck(),
                    new SettingsCheck(),
                    new ThreadsCheck());

    private Examination() {}

    /** What is wrong, the worst first. A check that cannot be made is an error itself; the others are made. */
    public static List<Trouble> of(Surroundings there) {
        List<Trouble> all = new ArrayList<>();
        for (Check check : CHECKS) {
            all.addAll(look(check, there));
        }
        all.sort(Comparator.comparing(Trouble::severity));
        return all;
    }

    private static List<Trouble> look(Check check, Surroundings there) {
        try {
            return check.look(there);
        } catch (RuntimeException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            return List.of(
                    check.error(
                            "Expected to look at %s, but could not: %s"
                                    .formatted(check.about(), why),
                            "Correct that, and ask again."));
        }
    }
}
