package orchestrator.definitions;

import java.util.List;
import orchestrator.api.definition.InvalidWorkflowException;
import orchestrator.api.definition.Problem;

/**
 * A place in a file.
 *
 * @param file the name of the file
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
record Place(String file, int line, int column) {

    /** What is wrong at this place. */
    InvalidWorkflowException wrong(String message) {
        return wrong(toString(), message);
    }

    /** What is wrong with a file as a whole. */
    static InvalidWorkflowException wrong(String place, String message) {
        return new InvalidWorkflowException(List.of(new Problem(List.of(), message, place)));
    }

    @Override
    public String toString() {
        return "%s, line %d, column %d".formatted(file, line, column);
    }
}
