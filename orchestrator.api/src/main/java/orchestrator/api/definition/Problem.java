package orchestrator.api.definition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a document.
 *
 * @param path keys (String) and positions (Integer) from the root to the value, or to where a missing one belongs
 * @param message what was expected, what was found, and what to do
 * @param place where in which file, or empty
 */
public record Problem(List<Object> path, String message, String place) {

    public Problem {
        path = List.copyOf(path);
    }

    /** The same problem, at a place of a file. */
    public Problem at(String newPlace) {
        return new Problem(path, message, newPlace);
    }

    /** {@code place: path: message}, without the parts that are empty. */
    @Override
    public String toString() {
        String where = path.stream().map(Values::shown).collect(Collectors.joining("."));
        StringBuilder text = new StringBuilder();
        if (!place.isEmpty()) {
            text.append(place).append(": ");
        }
        if (!where.isEmpty()) {
            text.append(where).append(": ");
        }
        return text.append(message).toString();
    }
}
