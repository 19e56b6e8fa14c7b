package orchestrator.testkit.patterns;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.run.RunFilter;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.definitions.WorkflowFile;
import orchestrator.testkit.RunAssert;
import orchestrator.testkit.VirtualEngine;
import org.junit.Before;
import org.junit.Rule;

/** Runs of the workflows that {@code docs/patterns.md} shows, on the real engine in virtual time. */
public abstract class PatternRuns {
    @Rule public final VirtualEngine engine = new VirtualEngine();

    final Story story = new Story();

    @Before
    public final void plugins() {
        SteeringTasks steering = new SteeringTasks(engine.workflows(), engine.states());
        engine.task("work", story::work)
                .task("long", story::longWork)
                .task("cancel_children", steering::cancelChildren)
                .task("signal_self", steering::signalSelf)
                .task("signal_parent", steering::signalParent)
                .task("start_part", steering::startPart)
                .task("count_parts", steering::countParts)
                .task("count_children", steering::countChildren)
                .task("finish", SteeringTasks.finish());
    }

    /** Starts the first workflow that the page shows for a pattern, and gives the run's id. */
    final String start(int pattern, Map<String, ?> input) {
        List<WorkflowFile> files = new PatternPage().workflows(pattern);
        files.forEach(file -> engine.workflow(file.name(), file));
        return engine.start(files.get(0).name(), input).id();
    }

    final String start(int pattern) {
        return start(pattern, Map.of());
    }

    /** Ends a body of {@code long}, and lets all happen that follows from it without time. */
    final void end(String name) {
        story.end(name);
        engine.advance(Duration.ZERO);
    }

    final RunAssert assertThat(String run) {
        return engine.assertThat(run);
    }

    /** The runs that a run has started, in no promised order. */
    final List<RunInfo> children(String run) {
        return engine.states().find(RunFilter.all().childrenOf(run).limit(1000)).items();
    }

    /** The only child of a run that has not ended. */
    final String openChild(String run) {
        List<String> open =
                children(run).stream()
                        .filter(child -> !child.status().isFinal())
                        .map(RunInfo::id)
                        .toList();
        if (open.size() != 1) {
            throw new AssertionError("Expected one child that goes on, but found " + open);
        }
        return open.get(0);
    }

    /** As an operator does with {@code run:cancel}. */
    final void cancel(String run) {
        if (!engine.workflows().cancelWorkflow(run, "by hand").accepted()) {
            throw new AssertionError("Expected a run that can be cancelled, but found " + run);
        }
    }

    final boolean signal(String run, String name, Object payload) {
        return engine.workflows().signal(run, name, payload).accepted();
    }

    /** The statuses of the runs that a run has started, in the order of their declaration. */
    final List<RunStatus> statuses(String parent) {
        return children(parent).stream().map(RunInfo::status).sorted().toList();
    }
}
