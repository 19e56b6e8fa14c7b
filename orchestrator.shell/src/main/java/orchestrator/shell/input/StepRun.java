package orchestrator.shell.input;

import java.util.Optional;
import orchestrator.api.run.RunInfo;

/**
 * A run that a step of another run is, or one of the step's items.
 *
 * @param run the run
 * @param step the step's name, if it is known
 * @param item the position of the item of a {@code forEach}, from 0
 */
public record StepRun(RunInfo run, Optional<String> step, Optional<Integer> item) {}
