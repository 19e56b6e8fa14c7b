package orchestrator.api.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A workflow cannot be used; says everything that is wrong with it. */
public class InvalidWorkflowException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     */
    public InvalidWorkflowException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
