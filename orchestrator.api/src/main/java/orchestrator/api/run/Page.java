package orchestrator.api.run;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer list.
 *
 * @param items the part, newest first
 * @param next the cursor of the next page; empty on the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
