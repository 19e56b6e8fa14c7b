package orchestrator.shell.doctor;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Settings that are obeyed, but may do harm. */
final class SettingsCheck extends Check {
    private static final long SHORT_LEASE_SECONDS = 3;

    SettingsCheck() {
        super("settings");
    }

    @Override
    List<Trouble> look(Surroundings there) {
        List<Trouble> all = new ArrayList<>();
        lease(there, all);
        database(there, all);
        files(there, all);
        return all;
    }

    private void lease(Surroundings there, List<Trouble> all) {
        Settings engine = Settings.of(there, "orchestrator.engine");
        long seconds = engine.number("node.lease", 10);
        if (seconds < SHORT_LEASE_SECONDS) {
            all.add(
                    warning(
                            "node.lease is %d s: a pause of this process that is longer (a garbage collection, a busy machine) lets other nodes take its runs over, and their attempts are made again."
                                    .formatted(seconds),
                            "Set node.lease in etc/orchestrator.engine.cfg to 10 or more."));
        }
    }

    private void database(Surroundings there, List<Trouble> all) {
        Settings store = Settings.of(there, "orchestrator.state.jdbc");
        if (store.text("url").toLowerCase(Locale.ROOT).contains("password=")) {
            all.add(
                    warning(
                            "The url in etc/orchestrator.state.jdbc.cfg holds a password: whoever may read the file, or the configuration on the console, reads it.",
                            "Take it out, and say with password = file:PATH or env:NAME where it is found."));
        }
        String data = there.property("karaf.data");
        String directory = store.text("directory");
        if (data != null && !directory.isBlank() && isWithin(directory, data)) {
            all.add(
                    warning(
                            "The database lies in %s, below %s, which a clean start of Karaf deletes (bin/karaf clean): all runs would be lost."
                                    .formatted(directory, data),
                            "Stop Karaf, move the folder elsewhere, and name the new one as directory in etc/orchestrator.state.jdbc.cfg."));
        }
    }

    private void files(Surroundings there, List<Trouble> all) {
        String base = there.property("karaf.base");
        for (String root : Settings.of(there, "orchestrator.tasks.files").list("roots")) {
            if (base != null && isWithin(base, root)) {
                all.add(
                        warning(
                                "The tasks files.* may write to %s, in which Karaf itself lies: whoever starts a run could change etc/ and install bundles by deploy/."
                                        .formatted(root),
                                "Name only folders of data under roots in etc/orchestrator.tasks.files.cfg."));
            }
        }
    }

    private static boolean isWithin(String inner, String outer) {
        try {
            return absolute(inner).startsWith(absolute(outer));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
