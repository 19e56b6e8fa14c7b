package orchestrator.shell.output;

import java.util.LinkedHashMap;
import java.util.Map;
import orchestrator.api.run.Explanation;
import orchestrator.api.run.RunDebug;
import orchestrator.api.run.TimelineEntry;

/** What people and scripts see of a run that is looked into. */
public record DebugPage(RunDebug debug) {

    /** For scripts. */
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", Trees.of(debug.run()));
        tree.put("why", debug.why().stream().map(DebugPage::tree).toList());
        tree.put("timeline", debug.timeline().stream().map(DebugPage::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Explanation explanation) {
        Map<String, Object> tree = new LinkedHashMap<>(Trees.of(explanation.reason()));
        tree.put("text", explanation.text());
        return tree;
    }

    private static Map<String, Object> tree(TimelineEntry entry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sequence", entry.sequence());
        tree.put("at", entry.at().toString());
        tree.put("step", entry.step());
        tree.put("text", entry.text());
        tree.put("tookMillis", entry.took().map(took -> (Object) took.toMillis()).orElse(null));
        return tree;
    }

    /** For people. */
    public void print(Screen screen) {
        screen.line(
                "Run %s of %s %s is %s."
                        .formatted(
                                debug.run().id(),
                                debug.run().workflow(),
                                debug.run().version(),
                                StatusColour.paint(screen, debug.run().status().name())));
        debug.why().forEach(why -> screen.line("- " + Screen.oneLine(why.text()) + "."));
        screen.line("");
        Table table =
                new Table()
                        .fixed("Entry")
                        .fixed("When")
                        .fixed("Step")
                        .optional("Took", 6)
                        .flexible("What", 20);
        for (TimelineEntry entry : debug.timeline()) {
            table.row(
                    entry.sequence(),
                    Times.exact(entry.at()),
                    entry.step(),
                    entry.took().map(Times::length).orElse(""),
                    entry.text());
        }
        table.print(screen, "Its journal has no entries.");
    }
}
