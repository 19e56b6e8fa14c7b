package orchestrator.engine.runtime;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunInfo;
import orchestrator.api.run.RunStatus;
import orchestrator.api.state.RunSummary;

/** A summary, as callers see it. */
public class RunInfoView implements RunInfo {
    private final RunSummary summary;

    /** A view of a summary. */
    public RunInfoView(RunSummary summary) {
        this.summary = summary;
    }

    final RunSummary summary() {
        return summary;
    }

    /** The summary with another reason. */
    final RunSummary with(Reason reason) {
        RunSummary s = summary;
        return new RunSummary(
                s.id(),
                s.kind(),
                s.workflow(),
                s.definitionHash(),
                s.version(),
                s.status(),
                reason,
                s.wakeAt(),
                s.waitKeys(),
                s.priority(),
                s.labels(),
                s.progress(),
                s.created(),
                s.started(),
                s.ended(),
                s.parent(),
                s.origin(),
                s.error());
    }

    @Override
    public String id() {
        return summary.id();
    }

    @Override
    public String workflow() {
        return summary.workflow();
    }

    @Override
    public String version() {
        return summary.version();
    }

    @Override
    public RunStatus status() {
        return summary.status();
    }

    @Override
    public Optional<Reason> reason() {
        return Optional.ofNullable(summary.reason());
    }

    @Override
    public int progress() {
        return summary.progress();
    }

    @Override
    public Instant created() {
        return summary.created();
    }

    @Override
    public Optional<Instant> started() {
        return Optional.ofNullable(summary.started());
    }

    @Override
    public Optional<Instant> ended() {
        return Optional.ofNullable(summary.ended());
    }

    @Override
    public Optional<String> error() {
        return Optional.ofNullable(summary.error());
    }

    @Override
    public Optional<String> parent() {
        return Optional.ofNullable(summary.parent());
    }

    @Override
    public Optional<String> origin() {
        return Optional.ofNullable(summary.origin());
    }

    @Override
    public Map<String, String> labels() {
        return summary.labels();
    }

    @Override
    public String toString() {
        return id() + " " + workflow() + " " + status();
    }
}
