package orchestrator.engine.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import orchestrator.api.run.TimelineEntry;

/** The entries of a journal as sentences, each with how long that has taken which ends with it. Entry by entry, in order. */
public final class Timeline {
    private final Map<String, Instant> since = new HashMap<>(); // what has begun, by what it is
    private Instant created;

    private record Told(
            long sequence, Instant at, String step, String text, Optional<Duration> took)
            implements TimelineEntry {}

    /** The next entry. */
    public TimelineEntry next(long sequence, Instant at, Fact fact) {
        Sentence sentence = Sentence.of(fact);
        String place = sentence.place();
        if (fact instanceof Fact.RunCreated) {
            created = at;
        } else if (fact instanceof Fact.AttemptScheduled f) {
            since.put(
                    "attempt " + place,
                    f.notBefore() != null && f.notBefore().isAfter(at) ? f.notBefore() : at);
            since.putIfAbsent("step " + sentence.step(), at);
        } else if (fact instanceof Fact.FanOutOpened f) {
            since.put("step " + f.step(), at);
        } else if (fact instanceof Fact.StepWaiting f) {
            since.put("wait " + f.step(), at);
        } else if (fact instanceof Fact.WaitBegan f) {
            since.put("wait " + f.step(), at);
        } else if (fact instanceof Fact.RunPaused) {
            since.put("pause", at);
        }
        return new Told(sequence, at, place, sentence.text(), took(fact, sentence, at));
    }

    private Optional<Duration> took(Fact fact, Sentence sentence, Instant at) {
        Instant began = null;
        if (fact instanceof Fact.AttemptCompleted
                || fact instanceof Fact.AttemptFailed
                || fact instanceof Fact.AttemptHandedBack) {
            began = since.remove("attempt " + sentence.place());
        } else if (fact instanceof Fact.FanOutCompleted || fact instanceof Fact.StepFailed) {
            began = since.remove("step " + sentence.step());
        } else if (fact instanceof Fact.StepReady
                || fact instanceof Fact.WaitEnded
                || fact instanceof Fact.SignalTaken) {
            began = since.remove("wait " + sentence.step());
        } else if (fact instanceof Fact.RunResumed) {
            began = since.remove("pause");
        } else if (fact instanceof Fact.RunCompleted
                || fact instanceof Fact.RunFailed
                || fact instanceof Fact.RunCancelled) {
            began = created;
        }
        return Optional.ofNullable(began)
                .map(from -> Duration.between(from, at))
                .filter(took -> !took.isNegative());
    }
}
