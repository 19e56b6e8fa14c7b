package orchestrator.shell.doctor;

import java.util.List;

/** What a stack trace says, on one line. */
final class Failure {
    private static final String CAUSE = "Caused by: ";

    private Failure() {}

    /** The last cause; the first line if there is none. */
    static String of(String trace) {
        if (trace == null || trace.isBlank()) {
            return "it does not say why.";
        }
        List<String> lines = trace.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        String said =
                lines.stream()
                        .filter(line -> line.startsWith(CAUSE))
                        .reduce((before, line) -> line)
                        .map(line -> line.substring(CAUSE.length()))
                        .orElse(lines.get(0));
        return TasksCheck.sentence(said);
    }
}
