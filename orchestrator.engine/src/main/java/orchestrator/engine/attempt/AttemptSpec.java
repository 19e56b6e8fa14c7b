package orchestrator.engine.attempt;

import java.time.Instant;
import orchestrator.engine.core.CellId;
import orchestrator.engine.graph.Expression;
import orchestrator.engine.graph.Scope;
import orchestrator.engine.graph.Step;

/**
 * What an attempt is to do.
 *
 * @param runId the run
 * @param step the step
 * @param cell the piece of work
 * @param iteration of a step that repeats, from 0
 * @param number the attempt's number
 * @param notBefore when it may start, or null for at once
 * @param needsStart whether its start must be durable before its body runs
 * @param priority of its run
 * @param scope what its input's expressions can name; read on the attempt's thread
 * @param input its input; evaluated on the attempt's thread
 * @param origin the run that its idempotency key names
 */
public record AttemptSpec(
        String runId,
        Step step,
        CellId cell,
        int iteration,
        int number,
        Instant notBefore,
        boolean needsStart,
        int priority,
        Scope scope,
        Expression input,
        String origin) {

    /** An attempt of a run that is no rerun. */
    public AttemptSpec(
            String runId,
            Step step,
            CellId cell,
            int number,
            Instant notBefore,
            boolean needsStart,
            int priority,
            Scope scope) {
        this(
                runId,
                step,
                cell,
                0,
                number,
                notBefore,
                needsStart,
                priority,
                scope,
                step.input(),
                runId);
    }

    /** {@code origin/step/iteration/item}. */
    public String idempotencyKey() {
        return origin + "/" + step.name() + "/" + iteration + "/" + Math.max(0, cell.item());
    }

    @Override
    public String toString() {
        String item = cell.item() < 0 ? "" : "[" + cell.item() + "]";
        return "run " + runId + " step " + step.name() + item + " attempt " + number;
    }
}
