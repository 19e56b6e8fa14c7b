package orchestrator.shell.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.shell.output.Screen;

/** What people and scripts are told of an examination. */
public record Report(List<Trouble> troubles) {

    /** For scripts. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("errors", number(Trouble.Severity.ERROR));
        tree.put("warnings", number(Trouble.Severity.WARNING));
        tree.put("findings", troubles.stream().map(Report::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Trouble trouble) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("severity", trouble.severity().name());
        tree.put("check", trouble.check());
        tree.put("what", trouble.what());
        tree.put("action", trouble.action());
        return tree;
    }

    /** For people: in full, since what to do must not be cut. */
    public void print(Screen screen) {
        if (troubles.isEmpty()) {
            screen.line("Nothing is wrong.");
            return;
        }
        for (Trouble trouble : troubles) {
            screen.status(trouble.severity().name(), trouble.what());
            screen.line("        " + Screen.oneLine(trouble.action()));
            screen.line("");
        }
        screen.line(
                "%s, %s."
                        .formatted(
                                Screen.count(number(Trouble.Severity.ERROR), "error"),
                                Screen.count(number(Trouble.Severity.WARNING), "warning")));
    }

    private long number(Trouble.Severity severity) {
        return troubles.stream().filter(trouble -> trouble.severity() == severity).count();
    }
}
