package orchestrator.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.WorkflowInfo;
import orchestrator.shell.graph.GraphDrawing;
import orchestrator.shell.graph.GraphTree;
import orchestrator.shell.graph.MermaidGraph;
import orchestrator.shell.graph.WorkflowGraph;
import orchestrator.shell.input.WorkflowChoice;
import orchestrator.shell.output.Answer;
import orchestrator.shell.output.Screen;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code workflow:graph}. */
@Service
@Command(
        scope = "workflow",
        name = "graph",
        description = "Draws a workflow: its steps, and what comes after what",
        detailedDescription =
                """
                Without a version it is the one that a start by name takes. --format mermaid writes a Mermaid flowchart, \
                --format json the nodes and edges.

                Examples:
                  workflow:graph knowledge_processing
                  workflow:graph knowledge_processing 1.0.0 --format mermaid
                  workflow:graph --run 01a20701""")
public final class ShowGraph extends EngineAction {
    @Argument(
            index = 0,
            name = "NAME",
            multiValued = true,
            description =
                    "The workflow's name, and perhaps its version; options may also come here")
    @Completion(GraphWords.class)
    private List<String> typed = List.of();

    @Option(
            name = "--run",
            description = "Draw the workflow of this run, with the status of each step")
    @Completion(RecentRuns.class)
    private String run;

    @Override
    List<String> words() {
        return typed;
    }

    @Override
    List<String> formats() {
        return List.of("table", "json", "mermaid");
    }

    @Override
    Answer answer(Screen screen, List<String> words) {
        boolean ofRun = run != null;
        if (words.size() > 2 || words.isEmpty() != ofRun) {
            throw new IllegalArgumentException(
                    "Expected the name of a workflow and perhaps its version, or --run and the id of a run, but found %s."
                            .formatted(
                                    ofRun || !words.isEmpty()
                                            ? "'" + String.join(" ", words) + "'"
                                            : "neither"));
        }
        Map<String, String> statuses = new LinkedHashMap<>();
        WorkflowInfo workflow = ofRun ? ofRun(statuses) : named(words);
        WorkflowGraph graph = WorkflowGraph.of(workflow);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("workflow", workflow.name());
        tree.put("version", workflow.version());
        tree.putAll(GraphTree.of(graph, statuses));
        return Answer.of(tree, page -> print(page, graph, statuses));
    }

    private void print(Screen page, WorkflowGraph graph, Map<String, String> statuses) {
        if (format().equals("mermaid")) {
            MermaidGraph.lines(graph).forEach(page::line);
        } else {
            new GraphDrawing(graph, statuses, page).print();
        }
    }

    private WorkflowInfo ofRun(Map<String, String> statuses) {
        RunDetails details = details(runId(run));
        details.steps().forEach(step -> statuses.put(step.name(), step.status().name()));
        return readable(details.workflow(), details.version());
    }

    private WorkflowInfo named(List<String> words) {
        return readable(words.get(0), words.size() > 1 ? words.get(1) : null);
    }

    private WorkflowInfo readable(String name, String version) {
        WorkflowInfo found = new WorkflowChoice(workflows().workflows()).find(name, version);
        if (!found.problems().isEmpty()) {
            throw new IllegalStateException(
                    "Expected a workflow that can be read, but '%s' is broken: %s"
                            .formatted(name, found.problems().get(0)));
        }
        return found;
    }
}
