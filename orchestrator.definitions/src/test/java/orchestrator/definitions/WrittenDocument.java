package orchestrator.definitions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import orchestrator.api.SourceMap;
import orchestrator.api.StepBuilder;
import orchestrator.api.Task;
import orchestrator.api.WorkflowBuilder;

/** A builder that keeps the document it is given; a workflow file calls nothing else. */
final class WrittenDocument implements WorkflowBuilder {
    private Map<String, ?> tree;
    private SourceMap source;

    Map<String, ?> tree() {
        return tree;
    }

    SourceMap source() {
        return source;
    }

    @Override
    public WorkflowBuilder document(Map<String, ?> document, SourceMap sourceMap) {
        tree = document;
        source = sourceMap;
        return this;
    }

    @Override
    public String name() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder version(String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder description(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder requireInput(String... keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder timeout(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StepBuilder step(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder addTask(String step, String taskName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder addTask(String step, Task function) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder output(Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WorkflowBuilder setDependencies(Map<String, List<String>> after) {
        throw new UnsupportedOperationException();
    }
}
