package orchestrator.engine.core;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import orchestrator.engine.graph.Payload;

/**
 * What a fact says, for people.
 *
 * @param step the step that it is about; empty if it is about the run
 * @param item the item, or {@link Fact#NO_ITEM}
 */
record Sentence(String step, int item, String text) {

    static Sentence of(Fact fact) {
        Object step = component(fact, "step");
        Object item = component(fact, "item");
        return new Sentence(
                step == null ? "" : step.toString(),
                item instanceof Integer number ? number : Fact.NO_ITEM,
                text(fact));
    }

    /** The step, with the item in brackets. */
    String place() {
        return item == Fact.NO_ITEM ? step : step + "[" + item + "]";
    }

    private static String text(Fact fact) {
        String ofStep = ofAttempt(fact);
        return ofStep != null ? ofStep : ofRun(fact);
    }

    private static String ofAttempt(Fact fact) {
        if (fact instanceof Fact.AttemptScheduled f) {
            return "attempt %d is to be made%s"
                    .formatted(f.attempt(), f.notBefore() == null ? "" : " from " + f.notBefore());
        } else if (fact instanceof Fact.AttemptStarted f) {
            return "attempt %d begins, after an earlier one was lost".formatted(f.attempt());
        } else if (fact instanceof Fact.AttemptCompleted f) {
            return "attempt %d gave a result%s".formatted(f.attempt(), version(f.taskVersion()));
        } else if (fact instanceof Fact.AttemptFailed f) {
            return "attempt %d failed%s: %s: %s"
                    .formatted(f.attempt(), version(f.taskVersion()), f.code(), f.message());
        } else if (fact instanceof Fact.AttemptHandedBack f) {
            return "attempt %d was handed back: %s".formatted(f.attempt(), f.why());
        } else if (fact instanceof Fact.StepWaiting f) {
            return "waits for %s %s".formatted(f.code(), f.subject());
        } else if (fact instanceof Fact.StepReady) {
            return "what it waited for is there";
        } else if (fact instanceof Fact.WaitBegan f) {
            return "waits%s%s"
                    .formatted(
                            f.signal() == null ? "" : " for signal " + f.signal(),
                            f.until() == null ? "" : " until " + f.until());
        } else if (fact instanceof Fact.WaitEnded) {
            return "its time has come";
        } else if (fact instanceof Fact.SignalTaken) {
            return "has the signal that it waits for";
        } else if (fact instanceof Fact.FanOutOpened f) {
            return "has %,d items".formatted(((java.util.List<?>) f.items().value()).size());
        } else if (fact instanceof Fact.FanOutCompleted) {
            return "all items are done";
        } else if (fact instanceof Fact.ItemFailed f) {
            return "the item failed for good: %s: %s".formatted(f.code(), f.message());
        } else if (fact instanceof Fact.StepFailed f) {
            return "failed for good: %s: %s%s"
                    .formatted(f.code(), f.message(), f.goesOn() ? "; the run goes on" : "");
        } else if (fact instanceof Fact.StepSkipped f) {
            return f.why().equals(Fact.StepSkipped.BY_CONDITION)
                    ? "is skipped: its condition is false"
                    : "is skipped, as what it comes after was";
        } else if (fact instanceof Fact.IterationCompleted f) {
            return "attempt %d gave a result that is not the last%s"
                    .formatted(f.attempt(), version(f.taskVersion()));
        } else if (fact instanceof Fact.FanOutKept) {
            return "keeps the items of the run that is retried";
        } else if (fact instanceof Fact.ResultKept) {
            return "keeps the result of the run that is retried";
        }
        return null;
    }

    private static String ofRun(Fact fact) {
        if (fact instanceof Fact.RunCreated f) {
            return created(f);
        } else if (fact instanceof Fact.RunPaused) {
            return "an operator paused the run";
        } else if (fact instanceof Fact.RunResumed) {
            return "the run goes on";
        } else if (fact instanceof Fact.RunRecovered f) {
            return f.epoch() == Fact.RunRecovered.FIRST_OWNER
                    ? "the store said late that it has the run; node %s goes on with it"
                            .formatted(f.node())
                    : "node %s took the run over; attempts in progress were lost (epoch %d)"
                            .formatted(f.node(), f.epoch());
        } else if (fact instanceof Fact.SignalReceived f) {
            return "signal %s came".formatted(f.name());
        } else if (fact instanceof Fact.StateSaved f) {
            return "values were kept with the run: " + String.join(", ", f.values().keySet());
        } else if (fact instanceof Fact.ProgressNoted f) {
            return "progress: %d%% %s".formatted(f.percent(), f.message()).strip();
        } else if (fact instanceof Fact.RunQuarantined f) {
            return "the run is held: %s: %s".formatted(f.code(), f.message());
        } else if (fact instanceof Fact.RunMigrated f) {
            return "the run goes on with version %s".formatted(f.workflowVersion());
        } else if (fact instanceof Fact.RunCompleted) {
            return "the run completed";
        } else if (fact instanceof Fact.RunFailing f) {
            return "the run is to fail: %s: %s".formatted(f.code(), f.message());
        } else if (fact instanceof Fact.RunCancelling f) {
            return "the run is undone and then cancelled"
                    + (f.reason().isEmpty() ? "" : ": " + f.reason());
        } else if (fact instanceof Fact.RunFailed f) {
            return "the run failed: %s: %s".formatted(f.code(), f.message());
        } else if (fact instanceof Fact.RunCancelled f) {
            return "the run was cancelled" + (f.reason().isEmpty() ? "" : ": " + f.reason());
        } else if (fact instanceof Fact.RunClosed) {
            return "whoever had to be told of its end was told";
        } else if (fact instanceof Fact.CommandRefused f) {
            return "the command %s was refused: %s".formatted(f.command(), f.why());
        }
        return plain(fact);
    }

    private static String created(Fact.RunCreated f) {
        StringBuilder text =
                new StringBuilder("a run of %s %s".formatted(f.workflow(), f.workflowVersion()));
        if (f.parent() != null) {
            text.append(
                    ", attempt %d of step '%s' of run %s"
                            .formatted(f.parent().attempt(), f.parent().step(), f.parent().run()));
        }
        if (f.origin() != null) {
            text.append(", which tries the failed steps of run ").append(f.origin().run());
            text.append(" again");
        }
        return text.append(" was accepted").toString();
    }

    private static String version(String version) {
        return version == null ? "" : " (" + version + ")";
    }

    /** The name of the fact as words, and what it says; payloads are left out. */
    private static String plain(Fact fact) {
        String words =
                FactCodec.type(fact)
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT);
        String said =
                Arrays.stream(fact.getClass().getRecordComponents())
                        .filter(c -> !c.getName().equals("step") && !c.getName().equals("item"))
                        .filter(c -> c.getType() != Payload.class)
                        .filter(c -> component(fact, c.getName()) != null)
                        .map(c -> c.getName() + " " + component(fact, c.getName()))
                        .collect(Collectors.joining(", "));
        return said.isEmpty() ? words : words + ": " + said;
    }

    private static Object component(Fact fact, String name) {
        for (RecordComponent component : fact.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                try {
                    return component.getAccessor().invoke(fact);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("Facts are records of this package", e);
                }
            }
        }
        return null;
    }
}
