package orchestrator.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;

/** Completes the paths of folders and of files in YAML or JSON, and the options. */
@Service
public final class WorkflowPaths extends Choices {
    private static final int MOST = 1_000;

    @Override
    Collection<String> choices(CommandLine line) {
        List<String> words = new ArrayList<>(OptionNames.of(line));
        String typed = line.getCursorArgument() == null ? "" : line.getCursorArgument();
        String before = typed.substring(0, typed.lastIndexOf('/') + 1);
        try (Stream<Path> entries = Files.list(Path.of(before))) {
            entries.limit(MOST).map(WorkflowPaths::word).map(before::concat).forEach(words::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.removeIf(word -> !word.matches("(?s)--.*|.*/|.*\\.(yaml|yml|json)"));
        return words;
    }

    private static String word(Path entry) {
        return entry.getFileName() + (Files.isDirectory(entry) ? "/" : "");
    }
}
