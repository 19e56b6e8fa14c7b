package orchestrator.api.state;

import java.time.Instant;

/**
 * A place in the list of runs.
 *
 * @param created when the last run before that place was created
 * @param id the id of that run
 */
public record RunCursor(Instant created, String id) {}
