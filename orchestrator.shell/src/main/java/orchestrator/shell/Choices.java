package orchestrator.shell;

import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/** Completion among words that are looked up when they are needed. A word that ends with {@code =} or {@code /} goes on. */
abstract class Choices implements Completer {

    /** The words; those that do not begin as typed are left out later. */
    abstract Collection<String> choices(CommandLine line);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        if (line.getArguments().length == 1) {
            // Karaf checks earlier arguments this way before it completes later ones; any word may
            // be right there.
            candidates.add(line.getCursorArgument());
            return 0;
        }
        String typed = line.getCursorArgument();
        String beginning = typed == null ? "" : typed.substring(0, line.getArgumentPosition());
        try {
            choices(line).stream()
                    .distinct()
                    .filter(word -> word.startsWith(beginning))
                    .forEach(
                            word -> candidates.add(word.matches("(?s).*[=/]") ? word : word + " "));
        } catch (RuntimeException e) {
            // The store or engine may be away: the line can be typed all the same.
            candidates.clear();
        }
        return candidates.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
    }
}
