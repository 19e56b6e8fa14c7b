package orchestrator.shell.output;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import orchestrator.api.run.CommandResult;

/**
 * What a command has to say: a tree for scripts, a page for people, and why it did not do all that it was asked for.
 *
 * @param tree null, Boolean, String, Number, List and Map
 * @param page writes the page
 * @param failure one sentence, or null if all went well; the command fails with it after it has shown the rest
 */
public record Answer(Object tree, Consumer<Screen> page, String failure) {

    /** An answer of a command that went well. */
    public static Answer of(Object tree, Consumer<Screen> page) {
        return new Answer(tree, page, null);
    }

    /** A tree that people see as JSON too. */
    public static Answer json(Object tree) {
        return of(tree, screen -> new JsonOutput().print(screen, tree));
    }

    /** What a run says to what it was told; the command fails if that was refused. */
    public static Answer of(String runId, CommandResult result) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", runId);
        tree.put("accepted", result.accepted());
        tree.put("message", result.message());
        return result.accepted()
                ? of(tree, page -> page.line(result.message()))
                : of(tree, page -> {}).failing(result.message());
    }

    /** The same, of a command that fails unless the sentence is null. */
    public Answer failing(String sentence) {
        return new Answer(tree, page, sentence);
    }

    /** Writes the tree or the page. */
    public void show(Screen screen, boolean asJson) {
        if (asJson) {
            new JsonOutput().print(screen, tree);
        } else {
            page.accept(screen);
        }
    }
}
