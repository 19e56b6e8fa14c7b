package orchestrator.testkit;

import java.util.Objects;
import orchestrator.api.run.Reason;
import orchestrator.api.run.RunDetails;
import orchestrator.api.run.RunStatus;
import orchestrator.api.run.StepInfo;
import orchestrator.api.run.StepStatus;

/** What a test asserts of a run. Each method throws an {@link AssertionError} that tells all that is known of the run. */
public final class RunAssert {
    private final RunDetails run;

    private RunAssert(RunDetails run) {
        this.run = run;
    }

    /** Of that run. */
    public static RunAssert assertThat(RunDetails run) {
        return new RunAssert(run);
    }

    /** It has completed. */
    public RunAssert completed() {
        return is(RunStatus.COMPLETED);
    }

    /** It has failed, and its error contains that. */
    public RunAssert failed(String part) {
        is(RunStatus.FAILED);
        String error = run.error().orElse("");
        return expect(error.contains(part), "an error with '" + part + "'", error);
    }

    /** It is in that status. */
    public RunAssert is(RunStatus status) {
        return expect(run.status() == status, "the status " + status, run.status());
    }

    /** It waits, for that. */
    public RunAssert waitsFor(String code, String subject) {
        is(RunStatus.WAITING);
        Reason reason = run.reason().orElse(null);
        boolean so =
                reason != null && reason.code().equals(code) && reason.subject().equals(subject);
        return expect(so, "to wait for %s %s".formatted(code, subject), reason);
    }

    /** It gives that. */
    public RunAssert gives(Object output) {
        Object found = run.output().orElse(null);
        return expect(Objects.equals(output, found), "to give " + output, found);
    }

    /** That step is in that status. */
    public RunAssert step(String name, StepStatus status) {
        StepInfo step = step(name);
        return expect(
                step.status() == status, "step '%s' %s".formatted(name, status), step.status());
    }

    /** That step has had so many attempts. */
    public RunAssert attempts(String name, int attempts) {
        int found = step(name).attempts();
        return expect(
                found == attempts, "%d attempts of step '%s'".formatted(attempts, name), found);
    }

    /** That step put that out. */
    public RunAssert output(String name, Object output) {
        Object found = run.output(name).orElse(null);
        return expect(
                Objects.equals(output, found),
                "step '%s' to put out %s".formatted(name, output),
                found);
    }

    /** The run. */
    public RunDetails details() {
        return run;
    }

    private StepInfo step(String name) {
        return run.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("Expected a step '" + name + "', but " + told()));
    }

    private RunAssert expect(boolean so, String what, Object found) {
        if (!so) {
            throw new AssertionError(
                    "Expected %s, but found %s; %s".formatted(what, found, told()));
        }
        return this;
    }

    private String told() {
        StringBuilder text = new StringBuilder();
        text.append(
                "the run is %s (%s, %s) with".formatted(run.status(), run.reason(), run.error()));
        for (StepInfo step : run.steps()) {
            text.append(" %s=%s".formatted(step.name(), step.status()));
            step.error().ifPresent(error -> text.append(" (").append(error).append(')'));
        }
        return text.toString();
    }
}
