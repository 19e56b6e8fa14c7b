package orchestrator.shell.doctor;

import java.util.List;

/** One thing that is looked at. It changes nothing, and keeps nothing of what it has seen. */
abstract class Check {
    private final String about;

    /**
     * @param about what is looked at, in one word
     */
    Check(String about) {
        this.about = about;
    }

    /** What is looked at, in one word. */
    final String about() {
        return about;
    }

    /** What is wrong; empty if nothing is, or if what could be asked is not there. */
    abstract List<Trouble> look(Surroundings there);

    final Trouble error(String what, String action) {
        return new Trouble(Trouble.Severity.ERROR, about, what, action);
    }

    final Trouble warning(String what, String action) {
        return new Trouble(Trouble.Severity.WARNING, about, what, action);
    }
}
