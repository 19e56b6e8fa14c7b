package orchestrator.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes the canonical document of one workflow. Nothing is checked before the workflow is registered. Not thread safe.
 */
@ProviderType
public interface WorkflowBuilder {

    /** The name of the workflow. */
    String name();

    /** The version, as written; by default that of the bundle which registers the workflow. */
    WorkflowBuilder version(String version);

    /** A sentence for people. */
    WorkflowBuilder description(String text);

    /** Names inputs that a start must give. */
    WorkflowBuilder requireInput(String... keys);

    /** The longest time that a run may take from its start; pauses do not count. */
    WorkflowBuilder timeout(Duration timeout);

    /**
     * The priority of runs whose start names none: of attempts that wait for a slot, those of higher priority begin first; a
     * point counts as 10 s of waiting. 0 by default.
     */
    WorkflowBuilder priority(int priority);

    /**
     * The step of that name, added if it is not there yet.
     *
     * @param name matches {@code [a-z][a-z0-9_]*}
     */
    StepBuilder step(String name);

    /**
     * The step that runs when a run fails, before it ends: a task or workflow, its input, retries and time-out. It can
     * name the input, all steps, and {@code run.error} with its {@code step}, {@code code} and {@code message}. It is
     * shown as {@code onFailure}, and changes nothing about the run's end.
     */
    StepBuilder onFailure();

    /** Adds a step that runs the named task. */
    WorkflowBuilder addTask(String step, String taskName);

    /**
     * Adds a step that runs a Java function. A function cannot be stored: it is registered for the calling bundle as
     * task {@code <workflow>/<step>} and leaves with that bundle; runs wait until the bundle registers it again.
     */
    WorkflowBuilder addTask(String step, Task function);

    /**
     * What a run gives when it completes; by default the output of the last step, or of the last steps by name.
     *
     * @param value as an input of a step: it may name the input and every step
     */
    WorkflowBuilder output(Object value);

    /** Sets what each step comes after; takes away the implied order of a sequential workflow. */
    WorkflowBuilder setDependencies(Map<String, List<String>> after);

    /**
     * Takes a whole document in place of everything built so far.
     *
     * @param document the canonical form, as a tree of null, Boolean, String, Number, List and Map
     * @param source finds the place of a value in the file that it came from
     */
    WorkflowBuilder document(Map<String, ?> document, SourceMap source);
}
