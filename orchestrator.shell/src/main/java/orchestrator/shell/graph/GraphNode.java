package orchestrator.shell.graph;

import java.util.List;

/**
 * A step as it is drawn.
 *
 * @param name its name
 * @param kind what it does
 * @param work what exactly: the task, the workflow, how long it waits, the signal
 * @param marks what else changes the course of a run: {@code when x > 3}, {@code for each input.items}
 * @param layer how many steps, at most, come one after the other before it
 */
public record GraphNode(String name, Kind kind, String work, List<String> marks, int layer) {
    /** What a step does. */
    public enum Kind {
        /** It runs a task. */
        TASK,
        /** It runs another workflow. */
        WORKFLOW,
        /** It waits for a time. */
        WAIT,
        /** It waits for a signal. */
        SIGNAL
    }

    public GraphNode {
        marks = List.copyOf(marks);
    }

    /** What it does, in words. */
    public String said() {
        return switch (kind) {
            case TASK -> work;
            case WORKFLOW -> "workflow " + work;
            case WAIT -> "wait " + work;
            case SIGNAL -> "signal " + work;
        };
    }
}
